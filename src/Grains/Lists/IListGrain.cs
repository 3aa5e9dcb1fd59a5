using Zvonok.Domain.Lists;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Lists;

/// <summary>
/// The lists of one building (O1). Nobody tells it of changes, but of those of cards: it looks when it is asked and its last look is some seconds old. So taps and sales know nothing of lists, and a list is
/// as late as a device asks, or those seconds.
/// </summary>
[Alias("zvonok.IListGrain")]
public interface IListGrain : IGrainWithIntegerKey
{
    /// <summary>What a device needs that has some version of a list.</summary>
    /// <param name="audience">A gate, a till or a validator.</param>
    /// <param name="keyId">The key that it has.</param>
    /// <param name="knownVersion">The version that it has; 0 for none.</param>
    /// <returns>Null when there is no such key, or nobody registered the building.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer, and the last look is too long ago.</exception>
    /// <exception cref="ListTooLargeException">Too many cards open the building.</exception>
    [Alias("Fetch")]
    ValueTask<ListUpdate?> Fetch(DeviceKind audience, uint keyId, long knownVersion);

    /// <summary>Something has changed that devices are to hear at once (C4): what was seen before this call is old for whoever asks after it.</summary>
    [Alias("Outdate")]
    ValueTask Outdate();
}

/// <summary>What brings a device to the newest version: one of the two.</summary>
/// <param name="List">The whole list.</param>
/// <param name="Delta">What makes the version that it has the newest, or says that it is.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListUpdate")]
public sealed record ListUpdate([property: Id(0)] OfflineList? List, [property: Id(1)] ListDelta? Delta);
