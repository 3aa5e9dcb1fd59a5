using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Google.Rpc;
using Zvonok.Grains.Cards;

namespace Zvonok.Api.Hosting;

/// <summary>The commands that devices and families send, as metrics call them.</summary>
public enum OperationKind
{
    /// <summary>A card at a gate.</summary>
    Tap,

    /// <summary>A sale at a till.</summary>
    Sell,

    /// <summary>A sale taken back.</summary>
    ReverseSale,

    /// <summary>A meal at public cost.</summary>
    RedeemMeal,

    /// <summary>A child's meal from a class list.</summary>
    SettleClass,

    /// <summary>A ride at a validator.</summary>
    PayRide,

    /// <summary>Money from a payment provider.</summary>
    TopUp,

    /// <summary>A daily limit set or lifted.</summary>
    SetDailyLimit,

    /// <summary>A stop list set or lifted.</summary>
    SetStopList,

    /// <summary>Entitlements set or lifted.</summary>
    SetEntitlements,

    /// <summary>Money moved to another account or purse.</summary>
    Transfer,

    /// <summary>A fee taken or waived.</summary>
    ChargeFee,

    /// <summary>An account closed.</summary>
    CloseAccount,

    /// <summary>Meals ordered or cancelled.</summary>
    OrderMeals,

    /// <summary>A meal served that was ordered.</summary>
    RedeemOrder,

    /// <summary>A card issued.</summary>
    IssueCard,

    /// <summary>A card bound.</summary>
    BindCard,

    /// <summary>A card put in another's place.</summary>
    ReplaceCard,

    /// <summary>A card reported lost.</summary>
    ReportCardLost,

    /// <summary>A card blocked.</summary>
    BlockCard,

    /// <summary>A card handed in.</summary>
    HandInCard,

    /// <summary>A card destroyed.</summary>
    DestroyCard,

    /// <summary>A card given for a while.</summary>
    IssueTemporaryCard,

    /// <summary>What a gate's sensors saw.</summary>
    ReportGateEvent,

    /// <summary>Somebody admitted without their card.</summary>
    AdmitManually,

    /// <summary>A child brought or collected by an adult.</summary>
    HandOver,

    /// <summary>An evacuation or a lockdown begun or ended.</summary>
    ChangeMode,

    /// <summary>Somebody marked as found.</summary>
    MarkFound,

    /// <summary>A card given to a visitor.</summary>
    IssueVisitorCard,

    /// <summary>A passage that a gate decided by itself, uploaded.</summary>
    UploadPassage,
}

/// <summary>
/// The doors' meter, <c>Zvonok.Operations</c>: how many operations there were of each kind, how they ended, and how long they took from
/// the decoded request to the answer. A repeat counts again: it is work too.
/// </summary>
public sealed class OperationMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Operations";

    private static readonly string[] Kinds = Names<OperationKind>();

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _seconds;

    // Counted here and shown when somebody asks: a counter of the library is looked up by its labels every time.
    private readonly Endings _granted = new("granted", ["none"]);
    private readonly Endings _refusedByAccount = new("refused", Names<AccountRefusal>());
    private readonly Endings _refusedByBuilding = new("refused", Names<TapRefusal>());
    private readonly Endings _refusedByCard = new("refused", Names<CardCommandRefusal>());
    private readonly Endings _flagged = new("flagged", Names<PassageFlag>());
    private readonly Endings _unrecorded = new("unrecorded", ["none"]);
    private readonly Endings _failed = new("failed", Names<Code>());

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public OperationMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _meter.CreateObservableCounter("zvonok.operations", Counts, "{operation}", "Operations answered, by kind, outcome and reason");
        _seconds = _meter.CreateHistogram("zvonok.operation.duration", "s", "Time from an operation's request to its answer", advice: Seconds);
    }

    /// <summary>An operation begins.</summary>
    public MeasuredOperation Begin(OperationKind kind) => new(this, kind, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void ObserveInProgress(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("zvonok.operations.in_progress", count, "{operation}", "Operations that wait for their answer");

    internal void Granted(OperationKind kind, long started) => End(_granted[kind, 0], started);

    internal void Refused(OperationKind kind, long started, AccountRefusal refusal) => End(_refusedByAccount[kind, (int)refusal], started);

    internal void Refused(OperationKind kind, long started, TapRefusal refusal) => End(_refusedByBuilding[kind, (int)refusal], started);

    internal void Refused(OperationKind kind, long started, CardCommandRefusal refusal) => End(_refusedByCard[kind, (int)refusal], started);

    internal void Flagged(OperationKind kind, long started, PassageFlag flag) => End(_flagged[kind, (int)flag], started);

    internal void Unrecorded(OperationKind kind, long started) => End(_unrecorded[kind, 0], started);

    internal void Failed(OperationKind kind, long started, Code code) => End(_failed[kind, (int)code], started);

    private void End(Ending ending, long started)
    {
        ending.Count();
        _seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, ending.Kind, ending.Outcome);
    }

    private IEnumerable<Measurement<long>> Counts() =>
        new[] { _granted, _refusedByAccount, _refusedByBuilding, _refusedByCard, _flagged, _unrecorded, _failed }.SelectMany(endings => endings.Counts());

    // DailyLimit is told as daily_limit: label values look like those of every other program.
    private static string[] Names<T>() where T : struct, Enum
    {
        var names = new string[Enum.GetValues<T>().Max(value => Convert.ToInt32(value, null)) + 1];
        foreach (var value in Enum.GetValues<T>()) names[Convert.ToInt32(value, null)] = JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
        return names;
    }

    /// <summary>The ways to end with one outcome.</summary>
    private sealed class Endings(string outcome, string[] reasons)
    {
        private readonly Ending[] _all = [.. Kinds.SelectMany(_ => reasons, (kind, reason) => new Ending(kind, outcome, reason))];

        public Ending this[OperationKind kind, int reason] => _all[(int)kind * reasons.Length + reason];

        public IEnumerable<Measurement<long>> Counts() => _all.Where(ending => ending.IsSeen).Select(ending => ending.ToMeasurement());
    }

    private sealed class Ending(string kind, string outcome, string reason)
    {
        private long _count;

        public KeyValuePair<string, object?> Kind { get; } = new("kind", kind);

        public KeyValuePair<string, object?> Outcome { get; } = new("outcome", outcome);

        public bool IsSeen => Interlocked.Read(ref _count) > 0;

        public void Count() => Interlocked.Increment(ref _count);

        public Measurement<long> ToMeasurement() => new(Interlocked.Read(ref _count), Kind, Outcome, new("reason", reason));
    }
}

/// <summary>One operation that is being measured; exactly one of its methods is to be called. The default measures nothing.</summary>
public readonly struct MeasuredOperation
{
    private readonly OperationMetrics? _metrics;
    private readonly OperationKind _kind;
    private readonly long _started;

    internal MeasuredOperation(OperationMetrics metrics, OperationKind kind, long started) => (_metrics, _kind, _started) = (metrics, kind, started);

    /// <summary>An account, a building or a card has answered.</summary>
    public void Answered<TAnswer>(TAnswer answer)
    {
        switch (answer)
        {
            case BuildingAnswer { IsUnrecorded: true }:
                _metrics?.Unrecorded(_kind, _started);
                break;
            case AccountAnswer { Refusal: not AccountRefusal.None } refused:
                _metrics?.Refused(_kind, _started, refused.Refusal);
                break;
            case BuildingAnswer { Outcome: PassageOutcome.Refused } refused:
                _metrics?.Refused(_kind, _started, refused.Refusal);
                break;
            case CardAnswer { Refusal: not CardCommandRefusal.None } refused:
                _metrics?.Refused(_kind, _started, refused.Refusal);
                break;
            case ReplacementAnswer { Card.Refusal: not CardCommandRefusal.None } refused:
                _metrics?.Refused(_kind, _started, refused.Card.Refusal);
                break;
            case BuildingAnswer { Outcome: PassageOutcome.AdmittedFlagged } flagged:
                _metrics?.Flagged(_kind, _started, flagged.Flag);
                break;
            default:
                _metrics?.Granted(_kind, _started);
                break;
        }
    }

    /// <summary>It failed: the reason is the gRPC code that the caller gets.</summary>
    public void Failed(Exception exception) => _metrics?.Failed(_kind, _started, (Code?)Faults.StatusOf(exception)?.Code ?? Code.Internal);
}
