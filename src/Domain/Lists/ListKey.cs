using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Lists;

/// <summary>The secret of all lists, from which each building's own is made. Only the core has it.</summary>
public sealed class ListMasterKey
{
    /// <summary>Bytes of a key, and of a building's.</summary>
    public const int Length = 32;

    private readonly byte[] _key;

    /// <summary>Takes a key of <see cref="Length"/> bytes.</summary>
    public ListMasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length) throw new ArgumentException($"A list key has {Length} bytes, not {key.Length}.", nameof(key));
        _key = key.ToArray();
        Id = BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(_key, "zvonok list key id"u8));
    }

    /// <summary>Its name, and that of the keys made from it: tells nothing of it.</summary>
    public uint Id { get; }

    /// <summary>The key of a building's lists. Nobody comes from it to the master key, nor to another building's.</summary>
    public ListKey Of(BuildingId building) => new(Id, HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"zvonok list key of building {building}")));

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(ListMasterKey);
}

/// <summary>The secret of one building's lists: its devices find cards with it. Kept apart from the lists, in what a device has for secrets.</summary>
public sealed class ListKey
{
    private readonly Idle<HMACSHA256> _hashes;
    private readonly byte[] _key;

    /// <summary>Takes a key of <see cref="ListMasterKey.Length"/> bytes, and its name.</summary>
    public ListKey(uint id, ReadOnlySpan<byte> key)
    {
        if (key.Length != ListMasterKey.Length) throw new ArgumentException($"A list key has {ListMasterKey.Length} bytes, not {key.Length}.", nameof(key));
        (Id, _key) = (id, key.ToArray());
        _hashes = new Idle<HMACSHA256>(() => new HMACSHA256(_key));
    }

    /// <summary>The master key's.</summary>
    public uint Id { get; }

    /// <summary>What a card is called on the building's lists.</summary>
    public ListToken TokenOf(CardDigest card)
    {
        Span<byte> digest = stackalloc byte[CardDigest.Length];
        card.Write(digest);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(digest, hash);
        return new ListToken(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>What an operator's product is called where a family stops it: 32 bits, so that nobody reads from a list what a child may not eat. Among 1,000 products one is taken for a stopped one once in 4 million.</summary>
    public uint MarkOf(ContraAccount seller, string productCode)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(Encoding.ASCII.GetBytes($"product {seller.Id} {productCode}"), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The key itself, for whoever gives it to a device.</summary>
    public byte[] ToBytes() => (byte[])_key.Clone();

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(ListKey);

    private void Hash(ReadOnlySpan<byte> of, Span<byte> into)
    {
        using var hash = _hashes.Take();
        hash.Item.TryComputeHash(of, into, out _);
    }
}
