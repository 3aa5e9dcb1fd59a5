namespace Zvonok.Journal.Encoding;

/// <summary>
/// The lines of a sale in a few bytes, as stored in an entry's <c>lines</c> column: a format byte (1), the count, then for
/// each line the product code with its length, category, quantity, unit price and allergens; numbers as LEB128.
/// </summary>
internal static class SaleLineCodec
{
    private const byte Format = 1;

    /// <summary>Null for an entry without lines.</summary>
    public static byte[]? Encode(SaleLine[] lines)
    {
        if (lines.Length == 0) return null;
        // Two bytes of head; a line has a byte of length, its code, and at most 1 + 3 + 5 + 3 bytes of numbers.
        var size = 2;
        foreach (var line in lines) size += line.ProductCode.Length + 14;
        Span<byte> buffer = size <= 512 ? stackalloc byte[size] : new byte[size];
        buffer[0] = Format;
        buffer[1] = (byte)lines.Length;
        var at = 2;
        foreach (var line in lines)
        {
            buffer[at++] = (byte)line.ProductCode.Length;
            at += System.Text.Encoding.ASCII.GetBytes(line.ProductCode, buffer[at..]);
            buffer[at++] = (byte)line.Category;
            Write(buffer, ref at, (ulong)line.Quantity);
            Write(buffer, ref at, (ulong)line.UnitPrice.Kopecks);
            Write(buffer, ref at, (ulong)line.Allergens);
        }

        return buffer[..at].ToArray();
    }

    public static SaleLine[] Decode(byte[]? encoded)
    {
        if (encoded is null) return [];
        if (encoded[0] != Format) throw new InvalidDataException($"Sale lines of format {encoded[0]} are not known: this program is older than the data.");
        var lines = new SaleLine[encoded[1]];
        var at = 2;
        for (var i = 0; i < lines.Length; i++)
        {
            var length = encoded[at++];
            var code = System.Text.Encoding.ASCII.GetString(encoded, at, length);
            at += length;
            var category = (ProductCategory)encoded[at++];
            lines[i] = new SaleLine(code, category, (int)Read(encoded, ref at), new Money((long)Read(encoded, ref at)), (Allergens)Read(encoded, ref at));
        }

        return lines;
    }

    private static void Write(Span<byte> buffer, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7) buffer[at++] = (byte)(value | 0x80);
        buffer[at++] = (byte)value;
    }

    private static ulong Read(byte[] buffer, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = buffer[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
