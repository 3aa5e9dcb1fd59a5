using Zvonok.Domain.City;

namespace Zvonok.Journal.City;

/// <summary>The figures of a building's day in a few bytes: 26 each, which are start (Unix milliseconds, 8), kind (2), accounts and facts (4 each), and kopecks (8), -1 where they are not told; little endian.</summary>
internal static class CityFigureCodec
{
    private const int Length = 26;

    // No group has less than nothing.
    private const long NotTold = -1;

    public static byte[] Encode(IEnumerable<CityFigure> figures)
    {
        using var encoded = new MemoryStream();
        using var writer = new BinaryWriter(encoded);
        foreach (var figure in figures)
        {
            writer.Write(figure.Start.ToUnixTimeMilliseconds());
            writer.Write((short)figure.Kind);
            writer.Write(checked((int)figure.Accounts));
            writer.Write(checked((int)figure.Facts));
            writer.Write(figure.Amount?.Kopecks ?? NotTold);
        }

        writer.Flush();
        return encoded.ToArray();
    }

    public static CityFigure[] Decode(BuildingId building, byte[] encoded)
    {
        using var reader = new BinaryReader(new MemoryStream(encoded));
        var figures = new CityFigure[encoded.Length / Length];
        for (var i = 0; i < figures.Length; i++)
        {
            var (start, kind) = (Instant.FromUnixTimeMilliseconds(reader.ReadInt64()), (CityKind)reader.ReadInt16());
            var (accounts, facts, kopecks) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
            figures[i] = new CityFigure(building, start, kind, accounts, facts, kopecks == NotTold ? null : new Money(kopecks));
        }

        return figures;
    }
}
