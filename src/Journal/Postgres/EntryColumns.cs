using Npgsql;
using Zvonok.Journal.Encoding;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Postgres;

/// <summary>
/// Entries of a batch, column by column, as PostgreSQL takes them fastest. Lists and statement are used again for each batch on one
/// connection; another connection needs new ones, since the driver keeps with a statement what it has prepared on that connection.
/// </summary>
internal sealed class EntryColumns
{
    private const string Sql = """
        insert into entry (account, seq, operation, fingerprint, amount, contra, meal_after, transport_after, spent_after,
                           event_at, recorded_at, made_until, limit_day, spent_on, device, kind, purse, reversed_seq, lines, buffet_spent_after, credit_floor, stop_override, reversed_lines,
                           rides_spent_after, payer, meal, redeemed_on, redeemed_after, settled_by, counterpart, counterpart_seq, marks)
        select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8), unnest($9), unnest($10), unnest($11),
               unnest($12), unnest($13), unnest($14), unnest($15), unnest($16), unnest($17), unnest($18), unnest($19), unnest($20), unnest($21), unnest($22),
               unnest($23), unnest($24), unnest($25), unnest($26), unnest($27), unnest($28), unnest($29), unnest($30), unnest($31), unnest($32)
        """;

    private readonly List<long> _account = [];
    private readonly List<long> _seq = [];
    private readonly List<Guid> _operation = [];
    private readonly List<long> _fingerprint = [];
    private readonly List<long> _amount = [];
    private readonly List<long> _contra = [];
    private readonly List<long> _mealAfter = [];
    private readonly List<long> _transportAfter = [];
    private readonly List<long> _spentAfter = [];
    private readonly List<DateTime> _eventAt = [];
    private readonly List<DateTime> _recordedAt = [];
    private readonly List<DateTime> _madeUntil = [];
    private readonly List<DateOnly> _limitDay = [];
    private readonly SparseColumn<DateOnly?> _spentOn = new();
    private readonly List<int> _device = [];
    private readonly List<short> _kind = [];
    private readonly List<short> _purse = [];
    private readonly SparseColumn<long?> _reversedSeq = new();
    private readonly SparseColumn<byte[]?> _lines = new();
    private readonly SparseColumn<long?> _buffetSpentAfter = new();
    private readonly SparseColumn<long?> _creditFloor = new();
    private readonly SparseColumn<string?> _stopOverride = new();
    private readonly SparseColumn<long?> _reversedLines = new();
    private readonly SparseColumn<long?> _ridesSpentAfter = new();
    private readonly SparseColumn<long?> _payer = new();
    private readonly SparseColumn<short?> _meal = new();
    private readonly SparseColumn<DateOnly?> _redeemedOn = new();
    private readonly SparseColumn<short?> _redeemedAfter = new();
    private readonly SparseColumn<long?> _settledBy = new();
    private readonly SparseColumn<long?> _counterpart = new();
    private readonly SparseColumn<long?> _counterpartSeq = new();
    private readonly SparseColumn<short?> _marks = new();

    public EntryColumns() => Insert = new(Sql)
    {
        Parameters =
        {
            new NpgsqlParameter<List<long>> { TypedValue = _account },
            new NpgsqlParameter<List<long>> { TypedValue = _seq },
            new NpgsqlParameter<List<Guid>> { TypedValue = _operation },
            new NpgsqlParameter<List<long>> { TypedValue = _fingerprint },
            new NpgsqlParameter<List<long>> { TypedValue = _amount },
            new NpgsqlParameter<List<long>> { TypedValue = _contra },
            new NpgsqlParameter<List<long>> { TypedValue = _mealAfter },
            new NpgsqlParameter<List<long>> { TypedValue = _transportAfter },
            new NpgsqlParameter<List<long>> { TypedValue = _spentAfter },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _eventAt },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _recordedAt },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _madeUntil },
            new NpgsqlParameter<List<DateOnly>> { TypedValue = _limitDay },
            new NpgsqlParameter<List<DateOnly?>> { TypedValue = _spentOn.Values },
            new NpgsqlParameter<List<int>> { TypedValue = _device },
            new NpgsqlParameter<List<short>> { TypedValue = _kind },
            new NpgsqlParameter<List<short>> { TypedValue = _purse },
            new NpgsqlParameter<List<long?>> { TypedValue = _reversedSeq.Values },
            new NpgsqlParameter<List<byte[]?>> { TypedValue = _lines.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _buffetSpentAfter.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _creditFloor.Values },
            new NpgsqlParameter<List<string?>> { TypedValue = _stopOverride.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _reversedLines.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _ridesSpentAfter.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _payer.Values },
            new NpgsqlParameter<List<short?>> { TypedValue = _meal.Values },
            new NpgsqlParameter<List<DateOnly?>> { TypedValue = _redeemedOn.Values },
            new NpgsqlParameter<List<short?>> { TypedValue = _redeemedAfter.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _settledBy.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _counterpart.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _counterpartSeq.Values },
            new NpgsqlParameter<List<short?>> { TypedValue = _marks.Values },
        },
    };

    public int Count => _account.Count;

    /// <summary>Inserts what was added since the last <see cref="Clear"/>.</summary>
    public NpgsqlBatchCommand Insert { get; }

    public void Clear()
    {
        _account.Clear();
        _seq.Clear();
        _operation.Clear();
        _fingerprint.Clear();
        _amount.Clear();
        _contra.Clear();
        _mealAfter.Clear();
        _transportAfter.Clear();
        _spentAfter.Clear();
        _eventAt.Clear();
        _recordedAt.Clear();
        _madeUntil.Clear();
        _limitDay.Clear();
        _spentOn.Clear();
        _device.Clear();
        _kind.Clear();
        _purse.Clear();
        _reversedSeq.Clear();
        _lines.Clear();
        _buffetSpentAfter.Clear();
        _creditFloor.Clear();
        _stopOverride.Clear();
        _reversedLines.Clear();
        _ridesSpentAfter.Clear();
        _payer.Clear();
        _meal.Clear();
        _redeemedOn.Clear();
        _redeemedAfter.Clear();
        _settledBy.Clear();
        _counterpart.Clear();
        _counterpartSeq.Clear();
        _marks.Clear();
    }

    public void Add(Entry entry)
    {
        _account.Add(entry.Account.Value);
        _seq.Add(entry.Seq);
        _operation.Add(entry.Operation.ToGuid());
        _fingerprint.Add(entry.Fingerprint.Value);
        _amount.Add(entry.Amount.Kopecks);
        _contra.Add(entry.Contra.Code);
        _mealAfter.Add(entry.MealAfter.Kopecks);
        _transportAfter.Add(entry.TransportAfter.Kopecks);
        _spentAfter.Add(entry.SpentAfter.Kopecks);
        _eventAt.Add(entry.EventAt.ToDateTimeUtc());
        _recordedAt.Add(entry.RecordedAt.ToDateTimeUtc());
        _madeUntil.Add(entry.MadeUntil.ToDateTimeUtc());
        _limitDay.Add(entry.LimitDay.ToDateOnly());
        _spentOn.Add(entry.SpentOn == LocalDate.MinIsoValue ? null : entry.SpentOn.ToDateOnly());
        _device.Add(entry.Device.Value);
        _kind.Add((short)entry.Kind);
        _purse.Add((short)entry.Purse);
        _reversedSeq.Add(entry.ReversedSeq == 0 ? null : entry.ReversedSeq);
        _lines.Add(SaleLineCodec.Encode(entry.Lines));
        // Most children buy hot meals only, and owe nothing.
        _buffetSpentAfter.Add(Rows.NullForNothing(entry.BuffetSpentAfter));
        _creditFloor.Add(Rows.NullForNothing(entry.CreditFloor));
        _stopOverride.Add(StopCodec.Encode(entry.Override));
        _reversedLines.Add(Rows.NullForNone(entry.ReversedLines));
        _ridesSpentAfter.Add(Rows.NullForNothing(entry.RidesSpentAfter));
        _payer.Add(Rows.NullForNone(entry.Payer));
        _meal.Add((short?)entry.Meal);
        _redeemedOn.Add(entry.RedeemedOn == LocalDate.MinIsoValue ? null : entry.RedeemedOn.ToDateOnly());
        _redeemedAfter.Add(entry.RedeemedAfter.IsEmpty ? null : (short)entry.RedeemedAfter.Bits);
        _settledBy.Add(entry.SettledBy?.Value);
        _counterpart.Add(entry.Counterpart?.Account.Value);
        _counterpartSeq.Add(entry.Counterpart?.Seq);
        _marks.Add((short?)entry.Marks);
    }
}
