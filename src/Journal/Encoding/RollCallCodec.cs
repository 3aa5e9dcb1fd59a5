
namespace Zvonok.Journal.Encoding;

/// <summary>
/// What a checkpoint keeps for a roll call: the number of groups and their keys, each with its length before it, then 14 bytes a person: account number, gate, and the group's place among the
/// keys, 65535 for none and 65534 for one that is not known; little endian.
/// </summary>
internal static class RollCallCodec
{
    private const int PersonLength = 14;
    private const ushort NoGroup = ushort.MaxValue;
    private const ushort Unknown = NoGroup - 1;

    public static byte[] Encode(RollCallNote[] notes)
    {
        var groups = notes.Select(note => note.Group).OfType<string>().Distinct(StringComparer.Ordinal).Take(Unknown).ToList();
        var places = groups.Index().ToDictionary(group => group.Item, group => (ushort)group.Index, StringComparer.Ordinal);
        using var encoded = new MemoryStream();
        using var writer = new BinaryWriter(encoded, System.Text.Encoding.UTF8);
        writer.Write((ushort)groups.Count);
        foreach (var group in groups) writer.Write(group);
        foreach (var note in notes)
        {
            writer.Write(note.Account.Value);
            writer.Write(note.Gate.Value);
            writer.Write(!note.IsGroupKnown ? Unknown : note.Group is { } group ? places.GetValueOrDefault(group, Unknown) : NoGroup);
        }

        writer.Flush();
        return encoded.ToArray();
    }

    /// <summary>Null, as older checkpoints have it, for nothing.</summary>
    public static RollCallNote[] Decode(byte[]? encoded)
    {
        if (encoded is null) return [];
        using var reader = new BinaryReader(new MemoryStream(encoded), System.Text.Encoding.UTF8);
        var groups = new string[reader.ReadUInt16()];
        for (var i = 0; i < groups.Length; i++) groups[i] = reader.ReadString();
        var notes = new RollCallNote[(encoded.Length - reader.BaseStream.Position) / PersonLength];
        for (var i = 0; i < notes.Length; i++)
        {
            var (account, gate, place) = (AccountNumber.From(reader.ReadInt64()), new DeviceId(reader.ReadInt32()), reader.ReadUInt16());
            notes[i] = new RollCallNote(account, gate, place != Unknown, place < groups.Length ? groups[place] : null);
        }

        return notes;
    }
}
