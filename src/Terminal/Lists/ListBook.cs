using Google.Protobuf;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Lists;
using Wire = Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Lists;

/// <summary>What became of a signed list that came.</summary>
internal enum ListTaking
{
    /// <summary>It is in force, in place of all that was there.</summary>
    Whole,

    /// <summary>It was put upon what was there.</summary>
    Delta,

    /// <summary>Nothing has changed; the list is younger.</summary>
    Younger,

    /// <summary>What is there is newer.</summary>
    Older,

    /// <summary>It does not fit: ask with the version that is there.</summary>
    OtherBase,

    /// <summary>It does not fit together: fetch the whole list.</summary>
    OtherResult,

    /// <summary>No key that the device was given has signed it, or it is another building's, or for other devices: it is not looked at.</summary>
    NotOurs,
}

/// <summary>The list in force: takes no other than those that the core has signed for this building (O1).</summary>
internal sealed class ListBook(ListVerifier verifier, BuildingId building, DeviceKind audience, uint keyId)
{
    /// <summary>The list; null before the first.</summary>
    public ListIndex? Index { get; private set; }

    /// <summary>What the core is told, so that it sends what is missing; 0: everything.</summary>
    public long Version => Index?.List.Version ?? 0;

    /// <summary>Verifies and applies what came. Without a change of <see cref="Index"/> what came is of no use.</summary>
    public ListTaking Take(Wire.SignedList signed)
    {
        if (TryOpen(signed) is not { } content) return ListTaking.NotOurs;
        try
        {
            return content.ContentCase switch
            {
                Wire.ListContent.ContentOneofCase.List => Take(ListReader.Read(content.List)),
                Wire.ListContent.ContentOneofCase.Delta => Take(ListReader.Read(content.Delta)),
                _ => ListTaking.NotOurs,
            };
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException or NullReferenceException)
        {
            // Signed, and not what this program understands: a newer core's. What is there goes on to hold.
            return ListTaking.NotOurs;
        }
    }

    private Wire.ListContent? TryOpen(Wire.SignedList signed)
    {
        try
        {
            return ListReader.TryOpen(signed, verifier, out var content) ? content : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private ListTaking Take(OfflineList list)
    {
        if (!IsOurs(list.Terms)) return ListTaking.NotOurs;
        if (list.Version < Version) return ListTaking.Older;
        Index = ListIndex.Of(list);
        return ListTaking.Whole;
    }

    private ListTaking Take(ListDelta delta)
    {
        if (delta.Terms is { } terms && !IsOurs(terms)) return ListTaking.NotOurs;
        if (Index is not { } index) return ListTaking.OtherBase;
        if (delta.Version < Version) return ListTaking.Older;
        var (outcome, next) = ListDeltas.Apply(index.List, delta);
        if (outcome != ListApplication.Applied) return outcome == ListApplication.OtherBase ? ListTaking.OtherBase : ListTaking.OtherResult;
        Index = ListIndex.Of(next);
        return delta.Base == delta.Version ? ListTaking.Younger : ListTaking.Delta;
    }

    private bool IsOurs(ListTerms terms) => (terms.Building, terms.Audience, terms.KeyId) == (building, audience, keyId);
}
