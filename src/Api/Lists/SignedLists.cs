using Google.Protobuf;
using Zvonok.Domain.Lists;
using Zvonok.Terminals.V1;
using ListDelta = Zvonok.Domain.Lists.ListDelta;
using OfflineList = Zvonok.Domain.Lists.OfflineList;

namespace Zvonok.Api.Lists;

/// <summary>Lists and deltas on their way to devices: signed by the core (O1).</summary>
public static class SignedLists
{
    /// <summary>A signed list.</summary>
    public static SignedList Sign(OfflineList list, ListSigner signer) => Sign(new ListContent { List = ListShape.ToMessage(list) }, signer);

    /// <summary>A signed delta.</summary>
    public static SignedList Sign(ListDelta delta, ListSigner signer) => Sign(new ListContent { Delta = ListShape.ToMessage(delta) }, signer);

    private static SignedList Sign(ListContent content, ListSigner signer)
    {
        var bytes = content.ToByteString();
        return new SignedList { Content = bytes, SigningKeyId = signer.KeyId, Signature = ByteString.CopyFrom(signer.Sign(bytes.Span)) };
    }
}
