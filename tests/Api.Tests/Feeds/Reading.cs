using Zvonok.Api.Tests.Servers;
using Zvonok.Feed.V1;

namespace Zvonok.Api.Tests.Feeds;

/// <summary>A reader of the feed that takes one message at a time.</summary>
internal sealed class Reading : IDisposable
{
    private readonly AsyncServerStreamingCall<WatchResponse> _call;
    private readonly CancellationTokenSource _patience = new(Server.Deadline);

    public Reading(Server server, WatchRequest request) => _call = server.Feeds.Watch(request, cancellationToken: _patience.Token);

    /// <summary>The last position that was sent.</summary>
    public long Position { get; private set; }

    /// <summary>The next message; null when the server has ended the stream.</summary>
    public async Task<WatchResponse?> Next()
    {
        if (!await _call.ResponseStream.MoveNext(CancellationToken.None)) return null;
        var response = _call.ResponseStream.Current;
        response.NextPosition.ShouldBeGreaterThanOrEqualTo(Position);
        Position = response.NextPosition;
        return response;
    }

    /// <summary>Facts as they come, up to a number of them.</summary>
    public async Task<List<Fact>> Take(int count)
    {
        var facts = new List<Fact>();
        while (facts.Count < count) facts.AddRange((await Next()).ShouldNotBeNull("the stream ended early").Facts);
        return facts;
    }

    /// <summary>Facts as they come, up to a position.</summary>
    public async Task<List<Fact>> TakeUntil(long position)
    {
        var facts = new List<Fact>();
        while (Position < position) facts.AddRange((await Next()).ShouldNotBeNull("the stream ended early").Facts);
        return facts;
    }

    public void Dispose()
    {
        _call.Dispose();
        _patience.Dispose();
    }

    /// <summary>What the fact is numbered in, and its number.</summary>
    public static string KeyOf(Fact fact) => fact.FactCase switch
    {
        Fact.FactOneofCase.Entry => $"account/{fact.Entry.AccountNumber}/{fact.Entry.EntryNumber}",
        Fact.FactOneofCase.Passage => $"building/{fact.Passage.BuildingId}/{fact.Passage.PassageNumber}",
        Fact.FactOneofCase.ModeChange => $"building/{fact.ModeChange.BuildingId}/{fact.ModeChange.PassageNumber}",
        Fact.FactOneofCase.CardChange => $"card/{Convert.ToHexString(fact.CardChange.CardToken.Span)}/{fact.CardChange.Version}",
        _ => "none",
    };
}
