using Microsoft.Extensions.Logging;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Notices;

/// <summary>What a partition needs to tell its facts.</summary>
public sealed record NoticeServices(
    IFeed Feed, INoticeLog Log, ISubscriptions Subscriptions, INoticeSender Sender, NoticePace Pace, NoticeMetrics Metrics, NoticeOptions Options, IClock Clock, ILogger<NoticeServices> Logger);

/// <summary>
/// Tells the facts of one partition, batch by batch: who subscribed, send, write down, move on. What is not delivered within a moment is written down
/// as due and does not hold up the others; it is tried again from the log. Runs on one thread at a time, its grain's.
/// </summary>
internal sealed class NoticeTeller(int partition, NoticeServices services)
{
    private const int BatchesMax = 64;
    private const int FactsMax = 500;
    private const int FeedPageMax = 2_000;
    private const int DueMax = 200;

    /// <summary>How long a batch waits for its receivers before it goes on without the slow ones.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>A try is over by then, whatever the channel does: who took over may try again.</summary>
    private static readonly Duration TryMax = Duration.FromMinutes(1);

    /// <summary>A place that moved on without notices is written down no oftener, and due notices are looked for no more seldom.</summary>
    private static readonly Duration RareInterval = Duration.FromSeconds(30);

    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleMin = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(2);

    private readonly NoticeInbox _inbox = new(BatchesMax);
    private readonly Random _random = new();

    // Tries of the batch at hand: when it has to be decided again, what was sent is not sent again.
    private readonly Dictionary<NoticeKey, Task<NoticeRow>> _tries = [];
    private readonly HashSet<NoticeKey> _underWay = [];
    private readonly List<NoticeRow> _finished = [];
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _triesAgain;
    private NoticePlace? _place;
    private FeedPosition _decided;
    private Instant _written;
    private Instant _nextDue = Instant.MinValue;

    /// <summary>How far it has decided; the start before it knows.</summary>
    public FeedPosition Decided => _place is null ? FeedPosition.Start : _decided;

    /// <summary>A batch came.</summary>
    public void Take(NoticeBatch batch)
    {
        _inbox.Offer(batch);
        Wake();
    }

    /// <summary>Notices may be due.</summary>
    public void LookForDue()
    {
        _nextDue = Instant.MinValue;
        Wake();
    }

    /// <summary>Works until it is stopped; then gives what is under way a moment, and writes it down.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await Step(stop)) await Rest(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // What was to be written may have been: the log knows.
                _place = null;
                Log.NoticesWait(services.Logger, partition, exception);
                await Task.Delay(RestAfterTrouble * (0.5 + _random.NextDouble()), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }

        await Farewell();
    }

    private async Task<bool> Step(CancellationToken stop)
    {
        if (_place is null) await Load();
        await SettleFinished();
        if (_inbox.TryTake(_decided, FactsMax) is var (facts, to))
        {
            await Tell(facts, to, stop);
            return true;
        }

        if (_inbox.IsBehind)
        {
            await ReadOn(stop);
            return true;
        }

        return await TryDue(stop);
    }

    private async Task Load()
    {
        _place = await services.Log.ReadPlace(partition);
        _decided = _place.Position;
        _inbox.Begin(_decided);
    }

    // The stream has lost something, or this activation has just begun: the feed has it.
    private async Task ReadOn(CancellationToken stop)
    {
        var page = await services.Feed.Read(_decided, FeedPageMax, stop);
        _inbox.SkipTo(page.Next);
        await Tell([.. page.Facts.Where(IsMine)], page.Next, stop);
    }

    private bool IsMine(Fact fact) => fact.Account is { } account && NoticePartitions.Of(account) == partition && NoticePlan.MayTell(fact);

    private async Task Tell(IReadOnlyList<Fact> facts, FeedPosition to, CancellationToken stop)
    {
        var told = facts.Count == 0 ? [] : NoticePlan.Of(facts, await services.Subscriptions.Find([.. facts.Select(fact => fact.Account!.Value).Distinct()])).ToList();
        if (told.Count == 0 && Now < _written + RareInterval)
        {
            _decided = to;
            return;
        }

        await services.Pace.Take(told.Count, stop);
        var tries = told.ConvertAll(notice => Begin(notice.Key, notice.Notice));
        await Task.WhenAny(Task.WhenAll(tries), Task.Delay(Patience, CancellationToken.None));
        var slow = new List<NoticeKey>();
        var rows = new List<NoticeRow>(told.Count);
        for (var i = 0; i < told.Count; i++)
        {
            if (!tries[i].IsCompleted) slow.Add(told[i].Key);
            rows.Add(tries[i].IsCompleted ? await tries[i] : Pending(told[i].Key, told[i].Notice));
        }

        if (!await services.Log.Advance(new NoticeStep(_place!, to, rows)))
        {
            _place = null;
            return;
        }

        _place = _place! with { Position = to };
        (_decided, _written) = (to, Now);
        foreach (var key in slow) _ = Finish(key, _tries[key]);
        _tries.Clear();
        ExpectDue(rows);
    }

    private Task<NoticeRow> Begin(NoticeKey key, Notice notice)
    {
        if (!_tries.TryGetValue(key, out var attempt)) _tries[key] = attempt = Try(Pending(key, notice));
        return attempt;
    }

    private NoticeRow Pending(NoticeKey key, Notice notice) => new() { Key = key, State = NoticeState.Due, At = Now + TryMax, Notice = notice };

    private async Task<NoticeRow> Try(NoticeRow row)
    {
        var result = await services.Sender.Send(row.Key, row.Notice!, CancellationToken.None);
        var after = NoticeOutcomes.After(row, result, Now, services.Options.Plan, _random.NextDouble());
        services.Metrics.Tried(row, after, result.Outcome);
        return after;
    }

    private async Task Finish(NoticeKey key, Task<NoticeRow> attempt)
    {
        _underWay.Add(key);
        _finished.Add(await attempt);
        _underWay.Remove(key);
        Wake();
    }

    private async Task SettleFinished()
    {
        if (_finished.Count == 0) return;
        var rows = _finished.ToList();
        await services.Log.Settle(rows);
        _finished.RemoveRange(0, rows.Count);
        ExpectDue(rows);
    }

    private async Task<bool> TryDue(CancellationToken stop)
    {
        if (_triesAgain > 0 || Now < _nextDue) return false;
        var due = (await services.Log.ReadDue(partition, Now, DueMax)).Where(row => !_underWay.Contains(row.Key)).ToList();
        if (due.Count == 0)
        {
            var next = await services.Log.FindNextDue(partition) ?? Instant.MaxValue;
            _nextDue = Instant.Min(next, Now + RareInterval);
            return false;
        }

        await services.Pace.Take(due.Count, stop);
        _triesAgain = due.Count;
        foreach (var row in due) _ = TryAgain(row);
        return true;
    }

    private async Task TryAgain(NoticeRow row)
    {
        await Finish(row.Key, Try(row));
        _triesAgain--;
        Wake();
    }

    private void ExpectDue(IEnumerable<NoticeRow> rows)
    {
        foreach (var row in rows)
            if (row.State == NoticeState.Due && row.At < _nextDue) _nextDue = row.At;
    }

    private async Task Farewell()
    {
        try
        {
            for (var left = FarewellMax; _underWay.Count > 0 && left > TimeSpan.Zero; left -= Patience) await Task.Delay(Patience);
            await SettleFinished();
        }
        catch (JournalUnavailableException)
        {
            // They are due in the log, and are sent again.
        }
    }

    private Instant Now => services.Clock.GetCurrentInstant();

    private void Wake() => _woken.TrySetResult();

    private async Task Rest(CancellationToken stop)
    {
        var untilDue = (_nextDue - Now).ToTimeSpan();
        var rest = _triesAgain > 0 || untilDue > IdleMax ? IdleMax : untilDue < IdleMin ? IdleMin : untilDue;
        await Task.WhenAny(_woken.Task, Task.Delay(rest, stop));
        if (_woken.Task.IsCompleted) _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
