namespace Zvonok.Domain.Lists;

/// <summary>
/// A card's name on the lists of one building (O1): the first 64 bits of HMAC-SHA-256 over its <see cref="Cards.CardDigest"/>, under the building's <see cref="ListKey"/>. Among 10,000 cards two are the
/// same once in 370 billion lists, and a card of elsewhere is taken for one of them once in 1.8 million billion taps.
/// </summary>
/// <param name="Value">The 64 bits, big endian.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListToken")]
public readonly record struct ListToken([property: Id(0)] ulong Value);
