using Grpc.Core;
using Zvonok.Gate.V1;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Chaos.Tests.Check;

/// <summary>
/// A history of one account and one building as a right server would make it; tests spoil it afterwards. Moments are
/// seconds since its beginning.
/// </summary>
internal sealed class Histories
{
    private static readonly Uri Silo = new("http://127.0.0.1:5080");
    private static readonly Instant Opened = Instant.FromUtc(2026, 9, 1, 5, 0);

    private readonly City _city = City.Create(new CityPlan { Pupils = 2, Schools = 1 });
    private readonly Mix _mix;
    private readonly Dictionary<long, long> _prices = [];
    private readonly HashSet<long> _inside = [];
    private long _meal;
    private long _entries;
    private long _passages;

    public Histories() => _mix = new Mix(_city, new OperationIds(SystemClock.Instance, 1));

    public List<Recorded> Operations { get; } = [];

    public List<JournalRow> Rows { get; } = [];

    public Pupil Pupil => _city.PupilAt(0);

    /// <summary>The price of one sale.</summary>
    public long Price => Menu.PriceFor(0);

    public IReadOnlyList<Breach> Breaches(bool attemptsLinger = false) =>
        HistoryCheck.Find(new Evidence(Operations, Rows) { OpenedAt = Opened, AttemptsLinger = attemptsLinger });

    public Recorded Ask(Operation operation, double at = 0)
    {
        var recorded = new Recorded(operation, TimeSpan.FromSeconds(at));
        Operations.Add(recorded);
        return recorded;
    }

    public Recorded TopUp(long amount) => Ask(_mix.TopUp(Pupil, amount));

    public Recorded Sale() => Ask(_mix.Sale(Pupil));

    public Recorded Reversal(long sale) => Ask(_mix.Reversal(Pupil.Account.Value, sale, Pupil.School.Till.Value));

    public Recorded Tap(Direction direction, double at = 0) =>
        Ask(new TapOperation(GateLink.Request(NewId(), Pupil.Gate, Pupil.CardUid, direction), Pupil.School.Building.Value, Pupil.Account.Value), at);

    public Recorded Limit(long? limit)
    {
        var change = new Family.V1.SetDailyLimitRequest { OperationId = NewId(), AccountNumber = Pupil.Account.Value };
        if (limit is { } kopecks) change.LimitKopecks = kopecks;
        return Ask(new LimitOperation(change));
    }

    /// <summary>Sent and granted: the row is written, and the answer tells it.</summary>
    public JournalRow Grant(Recorded recorded, double from, double to)
    {
        var row = Write(recorded, from);
        Answer(recorded, from, to, recorded.Operation.AnswerOf(row));
        return row;
    }

    /// <summary>Written, whoever is told.</summary>
    public JournalRow Write(Recorded recorded, double at)
    {
        var row = RowOf(recorded.Operation, Opened + Duration.FromSeconds(at));
        Rows.Add(row);
        return row;
    }

    public void Refuse(Recorded recorded, double from, double to, string reason) => Answer(recorded, from, to, new RefusedAnswer(reason));

    public void Lose(Recorded recorded, double from, double to, StatusCode status = StatusCode.Unavailable) =>
        Answer(recorded, from, to, new NoAnswer(status, "no answer"));

    public void Answer(Recorded recorded, double from, double to, Answer answer) =>
        recorded.Add(new Attempt(Silo, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to - from), answer));

    /// <summary>Puts another row in the place of one.</summary>
    public void Replace(JournalRow row, JournalRow by) => Rows[Rows.IndexOf(row)] = by;

    private Google.Protobuf.ByteString NewId() => ((SaleOperation)_mix.Sale(Pupil)).Request.OperationId;

    private JournalRow RowOf(Operation operation, Instant at) => operation switch
    {
        TopUpOperation topUp => Entry(operation, EntryRow.TopUp, topUp.Request.AmountKopecks, at),
        LimitOperation => Entry(operation, EntryRow.LimitChange, 0, at),
        SaleOperation sale => Sold(Entry(operation, EntryRow.Sale, -sale.Request.TotalKopecks, at, sale.Request.DeviceId)),
        ReversalOperation reversal => Entry(
            operation, EntryRow.Reversal, _prices[reversal.Request.SaleEntryNumber], at, reversal.Request.DeviceId, reversal.Request.SaleEntryNumber),
        TapOperation tap => Passage(tap, at),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.ToString()),
    };

    private EntryRow Entry(Operation operation, int kind, long amount, Instant at, int device = 0, long reversed = 0)
    {
        _meal += amount;
        return new EntryRow(Pupil.Account.Value, ++_entries, operation.Id, kind, EntryRow.Meal, amount, _meal, 0, at, device, reversed);
    }

    private EntryRow Sold(EntryRow row)
    {
        _prices[row.Seq] = -row.Amount;
        return row;
    }

    private PassageRow Passage(TapOperation tap, Instant at)
    {
        var isInside = _inside.Contains(tap.Account);
        var direction = tap.Request.Direction == Direction.Toggle ? isInside ? Direction.Out : Direction.In : tap.Request.Direction;
        var flag = direction == Direction.In && isInside ? Flag.AlreadyInside : direction == Direction.Out && !isInside ? Flag.NotInside : Flag.Unspecified;
        _ = direction == Direction.In ? _inside.Add(tap.Account) : _inside.Remove(tap.Account);
        return new PassageRow(
            tap.Building, ++_passages, tap.Id, PassageRow.Tap, flag == Flag.Unspecified ? Outcome.Admitted : Outcome.AdmittedFlagged,
            direction, flag, Gate.V1.RefusalReason.Unspecified, tap.Account, at, tap.Request.DeviceId);
    }

    public override string ToString() => string.Join("\n", Rows.Select(row => row.ToString()).Concat(Operations.Select(recorded => recorded.ToString())));

}
