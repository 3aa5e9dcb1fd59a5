using System.Globalization;

namespace Zvonok.Journal.Encoding;

/// <summary>A card's further buildings as stored: their numbers, separated by blanks; null for none.</summary>
internal static class BuildingListCodec
{
    public static string? Encode(BuildingId[] buildings) =>
        buildings.Length == 0 ? null : string.Join(' ', buildings.Select(building => building.Value.ToString(CultureInfo.InvariantCulture)));

    public static BuildingId[] Decode(string encoded) =>
        [.. encoded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => new BuildingId(int.Parse(id, CultureInfo.InvariantCulture)))];
}
