using Zvonok.Api.Feed;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;
using Zvonok.Feed.V1;
using Zvonok.Grains.Feed;
using Fact = Zvonok.Grains.Feed.Fact;
using FactKind = Zvonok.Feed.V1.FactKind;
using Passage = Zvonok.Domain.Buildings.Passage;

namespace Zvonok.Api.Tests.Feeds;

/// <summary>How a watch treats its reader, without a server: what it holds, how it cuts, and when it gives a sign of life.</summary>
[Trait("Rule", "N1")]
public sealed class PaceTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly Writer _writer = new();
    private readonly CancellationTokenSource _stop = new(Server.Deadline);

    [Fact]
    public async Task A_reader_that_takes_nothing_is_read_for_no_further_than_two_pages()
    {
        var feed = new EndlessFeed();
        _writer.Hold();

        var watch = Start(feed, new WatchRequest());
        await _writer.Begun();
        for (var n = 0; n < 20; n++) await Task.Yield();

        feed.Pages.ShouldBe(2, "the page that is being sent, and the next");
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watch);
    }

    [Fact]
    public async Task What_was_committed_together_is_sent_in_messages_that_clients_take_and_none_tells_to_resume_in_its_middle()
    {
        var feed = new FixedFeed(new FeedPage([.. Passages(5, count: 3), .. Passages(9, count: 7_000), .. Passages(12, count: 3)], new FeedPosition(12), IsLast: true));

        await Until(Start(feed, new WatchRequest()), () => _writer.Sent.Count == 4);

        _writer.Sent.Sum(message => message.Facts.Count).ShouldBe(7_006);
        _writer.Sent.Select(message => message.NextPosition).ShouldBe([5, 5, 5, 12]);
        _writer.Sent.ShouldAllBe(message => message.CalculateSize() < 1_000_000);
    }

    [Fact]
    public async Task Sales_of_many_lines_make_shorter_messages()
    {
        var line = new Domain.Accounts.SaleLine(new string('A', 32), Domain.Accounts.ProductCategory.Buffet, 1_000, new Domain.Money(10_000_000), default);
        var sale = new Domain.Accounts.Entry
        {
            Account = AccountNumber.FromSerial(AccountNumber.SerialMax), Seq = 1, Operation = default, Fingerprint = default, Kind = Domain.Accounts.EntryKind.Sale,
            Purse = Domain.Accounts.Purse.Meal, Amount = default, Contra = default, MealAfter = default, TransportAfter = default, LimitDay = default, SpentOn = default,
            SpentAfter = default, EventAt = default, RecordedAt = default, Lines = [.. Enumerable.Repeat(line, 50)],
        };
        var feed = new FixedFeed(new FeedPage([.. Enumerable.Repeat(new EntryFact(new FeedPosition(4), sale), 1_000)], new FeedPosition(4), IsLast: true));

        await Until(Start(feed, new WatchRequest()), () => _writer.Sent is [.., { NextPosition: 4 }]);

        _writer.Sent.Sum(message => message.Facts.Count).ShouldBe(1_000);
        _writer.Sent.ShouldAllBe(message => message.CalculateSize() < 1_000_000);
    }

    [Fact]
    public async Task A_filter_that_lets_nothing_through_still_moves_its_reader_on_every_five_seconds()
    {
        var feed = new EndlessFeed { BeforePage = _ => _clock.Advance(TimeSpan.FromSeconds(1)) };

        await Until(Start(feed, new WatchRequest { Kinds = { FactKind.Entry } }), () => _writer.Sent.Count >= 4);

        var positions = _writer.Sent.Take(4).Select(message => message.NextPosition).ToList();
        _writer.Sent.ShouldAllBe(message => message.Facts.Count == 0);
        positions.Zip(positions.Skip(1), (before, after) => after - before).ShouldAllBe(pages => pages >= 5 && pages <= 7);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stop.Dispose();
    }

    private Task Start(IFeed feed, WatchRequest request) =>
        Task.Run(() => new Watch(feed, new WatchFilter(request, null!), _writer, _clock, _stop.Token, _stop.Token).Run(FeedPosition.Start));

    private async Task Until(Task watch, Func<bool> condition)
    {
        while (!condition()) await (await Task.WhenAny(watch, _writer.Begun()));
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watch);
    }

    private static IEnumerable<Fact> Passages(long position, int count) => Enumerable.Range(1, count).Select(seq => new PassageFact(new FeedPosition(position), new Passage
    {
        Building = new Domain.BuildingId(1), Seq = seq, Operation = default(OperationId), Fingerprint = default, Kind = PassageKind.Tap, ModeAfter = Domain.Buildings.BuildingMode.Normal,
        EventAt = default, RecordedAt = default,
    }));

    /// <summary>A page of ten passages at each position.</summary>
    private sealed class EndlessFeed : IFeed
    {
        private int _pages;

        public int Pages => Volatile.Read(ref _pages);

        public Action<int> BeforePage { get; init; } = _ => { };

        public Task<FeedPage> Read(FeedPosition after, int factsMax, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            BeforePage(Interlocked.Increment(ref _pages));
            return Task.FromResult(new FeedPage([.. Passages(after.Value + 1, 10)], new FeedPosition(after.Value + 1), IsLast: false));
        }

        public Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop) => throw new InvalidOperationException("It never ends.");

        public Task<FeedPosition> FindEnd(CancellationToken stop) => throw new InvalidOperationException("It never ends.");
    }

    /// <summary>One page and nothing after it.</summary>
    private sealed class FixedFeed(FeedPage page) : IFeed
    {
        public Task<FeedPage> Read(FeedPosition after, int factsMax, CancellationToken stop) =>
            Task.FromResult(after < page.Next ? page : new FeedPage([], after, IsLast: true));

        public Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);

        public Task<FeedPosition> FindEnd(CancellationToken stop) => Task.FromResult(page.Next);
    }

    private sealed class Writer : IServerStreamWriter<WatchResponse>, IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly List<WatchResponse> _sent = [];
        private volatile bool _isHeld;

        public WriteOptions? WriteOptions { get; set; }

        public IReadOnlyList<WatchResponse> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        public void Dispose() => _begun.Dispose();

        public void Hold() => _isHeld = true;

        public async Task Begun() => (await _begun.WaitAsync(Server.Deadline)).ShouldBeTrue("nothing was sent");

        public Task WriteAsync(WatchResponse message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(WatchResponse message, CancellationToken stop)
        {
            lock (_sent) _sent.Add(message);
            _begun.Release();
            if (_isHeld) await Task.Delay(Timeout.Infinite, stop);
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);
    }
}
