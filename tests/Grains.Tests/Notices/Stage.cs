using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Notices;

/// <summary>A feed, a log and a receiver in memory, around the teller of one partition.</summary>
internal sealed class Stage : IFeed, INoticeSender, ISubscriptions
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Fact> _facts = [];
    private readonly ConcurrentQueue<NoticeKey> _sent = new();
    private int _reads;

    public Stage() => Services = new NoticeServices(
        this, Log, this, this, new NoticePace(1_000_000, TimeProvider.System, isBusy: () => false), new NoticeMetrics(),
        new NoticeOptions { RetryFirstMilliseconds = 10, RetryLongestSeconds = 1, TriesMax = 3 }, SystemClock.Instance, NullLogger<NoticeServices>.Instance);

    public NoticeServices Services { get; }

    public MemoryLog Log { get; } = new();

    public AccountNumber Child { get; } = Given.Number(1);

    public int Partition => NoticePartitions.Of(Child);

    /// <summary>Answers instead of taking; null: all are taken.</summary>
    public Func<NoticeKey, Task<SendResult>>? Receiver { get; set; }

    /// <summary>What was sent, repeats included.</summary>
    public IReadOnlyCollection<NoticeKey> Sent => _sent;

    /// <summary>Pages that were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public Subscription Subscription { get; set; } = null!;

    /// <summary>The next top-ups of the child, in transactions of their own.</summary>
    public IReadOnlyList<Fact> Happen(int count)
    {
        var happened = new List<Fact>();
        lock (_facts)
        {
            for (var i = 0; i < count; i++)
            {
                var seq = _facts.Count + 1;
                var fact = new EntryFact(new FeedPosition(seq * 10), Entry(seq));
                _facts.Add(fact);
                happened.Add(fact);
            }
        }

        return happened;
    }

    /// <summary>A batch of facts that follow one another.</summary>
    public static NoticeBatch Batch(IReadOnlyList<Fact> facts) =>
        new(new FeedPosition(facts[0].Position.Value - 10), facts[^1].Position, [.. facts]);

    public NoticeKey KeyOf(Fact fact) => new(fact.Key, NoticeKind.ToppedUp, Subscribed.Receiver);

    public Task<FeedPage> Read(FeedPosition after, int factsMax, CancellationToken stop)
    {
        Interlocked.Increment(ref _reads);
        lock (_facts)
        {
            var page = _facts.Where(fact => fact.Position > after).Take(factsMax).ToList();
            return Task.FromResult(new FeedPage(page, page.Count > 0 ? page[^1].Position : after, page.Count < factsMax));
        }
    }

    public Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop) => Task.Delay(5, stop);

    public Task<FeedPosition> FindEnd(CancellationToken stop)
    {
        lock (_facts) return Task.FromResult(_facts.Count == 0 ? FeedPosition.Start : _facts[^1].Position);
    }

    public async Task<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop)
    {
        _sent.Enqueue(key);
        return Receiver is { } receiver ? await receiver(key) : SendResult.Delivered;
    }

    public Task<IReadOnlyDictionary<AccountNumber, SubscriptionList>> Find(IReadOnlyCollection<AccountNumber> accounts) =>
        Task.FromResult<IReadOnlyDictionary<AccountNumber, SubscriptionList>>(new Dictionary<AccountNumber, SubscriptionList>
        {
            [Child] = new SubscriptionList(Given.Zone, [new StandingSubscription(Subscribed, FeedPosition.Start)]),
        });

    public Task<bool> Replace(AccountNumber account, string guardian, IReadOnlyList<Subscription> subscriptions) => throw new NotSupportedException();

    public Task<IReadOnlyList<Subscription>?> List(AccountNumber account) => throw new NotSupportedException();

    private Subscription Subscribed => Subscription ??= new Subscription
    {
        Account = Child,
        Guardian = "subject-17",
        Channel = new Channel(ChannelKind.Email, "guardian@example.org"),
        Kinds = NoticeKindSet.All,
        Language = NoticeLanguage.English,
    };

    private Entry Entry(long seq) => new()
    {
        Account = Child,
        Seq = seq,
        Operation = OperationId.Create(Given.Morning, 0, (ulong)seq),
        Fingerprint = new Fingerprint(seq),
        Kind = EntryKind.TopUp,
        Purse = Purse.Meal,
        Amount = new Money(100),
        Contra = ContraAccount.Bank(3),
        MealAfter = new Money(100 * seq),
        TransportAfter = Money.Zero,
        LimitDay = new LocalDate(2026, 9, 1),
        SpentOn = LocalDate.MinIsoValue,
        SpentAfter = Money.Zero,
        EventAt = Given.Morning,
        RecordedAt = SystemClock.Instance.GetCurrentInstant(),
        MadeUntil = Given.Morning,
    };

    /// <summary>A teller at work; disposed, it stops as a silo that is asked to.</summary>
    public Work Start() => new(new NoticeTeller(Partition, Services));

    internal sealed class Work : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly SingleThread _thread = new();
        private readonly Task _work;

        public Work(NoticeTeller teller)
        {
            Teller = teller;
            _work = _thread.Run(() => teller.Run(_stop.Token));
        }

        public NoticeTeller Teller { get; }

        /// <summary>A batch comes by the stream.</summary>
        public Task Take(NoticeBatch batch) => Do(() => Teller.Take(batch));

        /// <summary>Somebody says that notices may be due.</summary>
        public Task LookForDue() => Do(Teller.LookForDue);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work.WaitAsync(Patience);
            _stop.Dispose();
        }

        private Task Do(Action action) => _thread.Run(() =>
        {
            action();
            return Task.CompletedTask;
        });
    }

    /// <summary>One thing at a time, as a grain's scheduler has it.</summary>
    private sealed class SingleThread
    {
        private readonly TaskFactory _factory = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

        public Task Run(Func<Task> work) => _factory.StartNew(work).Unwrap();
    }
}
