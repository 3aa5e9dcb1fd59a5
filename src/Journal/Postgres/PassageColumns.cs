using Npgsql;

namespace Zvonok.Journal.Postgres;

/// <summary>
/// Passages of a batch, column by column, as PostgreSQL takes them fastest. Lists and statement are used again for each batch on one
/// connection; another connection needs new ones, since the driver keeps with a statement what it has prepared on that connection.
/// </summary>
internal sealed class PassageColumns
{
    private const string Sql = """
        insert into passage (seq, operation, fingerprint, event_at, recorded_at, made_until, building, device, kind, mode_after,
                             outcome, flag, refusal, direction, account, token, annulled, inside_since, vouched_by, vouch_reason, escort, outside_since, last_operation, awaited)
        select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8), unnest($9), unnest($10), unnest($11), unnest($12), unnest($13), unnest($14), unnest($15), unnest($16),
               unnest($17), unnest($18), unnest($19), unnest($20), unnest($21), unnest($22), unnest($23), unnest($24)
        """;

    private readonly List<long> _seq = [];
    private readonly List<Guid> _operation = [];
    private readonly List<long> _fingerprint = [];
    private readonly List<DateTime> _eventAt = [];
    private readonly List<DateTime> _recordedAt = [];
    private readonly List<DateTime> _madeUntil = [];
    private readonly List<int> _building = [];
    private readonly List<int> _device = [];
    private readonly List<short> _kind = [];
    private readonly List<short> _modeAfter = [];
    private readonly List<short> _outcome = [];
    private readonly List<short> _flag = [];
    private readonly List<short> _refusal = [];
    private readonly SparseColumn<short?> _direction = new();
    private readonly SparseColumn<long?> _account = new();
    private readonly SparseColumn<Guid?> _token = new();
    private readonly SparseColumn<long?> _annulled = new();
    private readonly SparseColumn<DateTime?> _insideSince = new();
    private readonly SparseColumn<long?> _vouchedBy = new();
    private readonly SparseColumn<string?> _vouchReason = new();
    private readonly SparseColumn<long?> _escort = new();
    private readonly SparseColumn<DateTime?> _outsideSince = new();
    private readonly SparseColumn<Guid?> _lastOperation = new();
    private readonly SparseColumn<Guid?> _awaited = new();

    public PassageColumns() => Insert = new(Sql)
    {
        Parameters =
        {
            new NpgsqlParameter<List<long>> { TypedValue = _seq },
            new NpgsqlParameter<List<Guid>> { TypedValue = _operation },
            new NpgsqlParameter<List<long>> { TypedValue = _fingerprint },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _eventAt },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _recordedAt },
            new NpgsqlParameter<List<DateTime>> { TypedValue = _madeUntil },
            new NpgsqlParameter<List<int>> { TypedValue = _building },
            new NpgsqlParameter<List<int>> { TypedValue = _device },
            new NpgsqlParameter<List<short>> { TypedValue = _kind },
            new NpgsqlParameter<List<short>> { TypedValue = _modeAfter },
            new NpgsqlParameter<List<short>> { TypedValue = _outcome },
            new NpgsqlParameter<List<short>> { TypedValue = _flag },
            new NpgsqlParameter<List<short>> { TypedValue = _refusal },
            new NpgsqlParameter<List<short?>> { TypedValue = _direction.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _account.Values },
            new NpgsqlParameter<List<Guid?>> { TypedValue = _token.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _annulled.Values },
            new NpgsqlParameter<List<DateTime?>> { TypedValue = _insideSince.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _vouchedBy.Values },
            new NpgsqlParameter<List<string?>> { TypedValue = _vouchReason.Values },
            new NpgsqlParameter<List<long?>> { TypedValue = _escort.Values },
            new NpgsqlParameter<List<DateTime?>> { TypedValue = _outsideSince.Values },
            new NpgsqlParameter<List<Guid?>> { TypedValue = _lastOperation.Values },
            new NpgsqlParameter<List<Guid?>> { TypedValue = _awaited.Values },
        },
    };

    public int Count => _seq.Count;

    /// <summary>Inserts what was added since the last <see cref="Clear"/>.</summary>
    public NpgsqlBatchCommand Insert { get; }

    public void Clear()
    {
        _seq.Clear();
        _operation.Clear();
        _fingerprint.Clear();
        _eventAt.Clear();
        _recordedAt.Clear();
        _madeUntil.Clear();
        _building.Clear();
        _device.Clear();
        _kind.Clear();
        _modeAfter.Clear();
        _outcome.Clear();
        _flag.Clear();
        _refusal.Clear();
        _direction.Clear();
        _account.Clear();
        _token.Clear();
        _annulled.Clear();
        _insideSince.Clear();
        _vouchedBy.Clear();
        _vouchReason.Clear();
        _escort.Clear();
        _outsideSince.Clear();
        _lastOperation.Clear();
        _awaited.Clear();
    }

    public void Add(Passage passage)
    {
        _seq.Add(passage.Seq);
        _operation.Add(passage.Operation.ToGuid());
        _fingerprint.Add(passage.Fingerprint.Value);
        _eventAt.Add(passage.EventAt.ToDateTimeUtc());
        _recordedAt.Add(passage.RecordedAt.ToDateTimeUtc());
        _madeUntil.Add(passage.MadeUntil.ToDateTimeUtc());
        _building.Add(passage.Building.Value);
        _device.Add(passage.Device.Value);
        _kind.Add((short)passage.Kind);
        _modeAfter.Add((short)passage.ModeAfter);
        _outcome.Add((short)passage.Outcome);
        _flag.Add((short)passage.Flag);
        _refusal.Add((short)passage.Refusal);
        _direction.Add((short?)passage.Direction);
        _account.Add(passage.Account?.Value);
        _token.Add(passage.Token?.Value);
        _annulled.Add(passage.Annulment?.Seq);
        _insideSince.Add(passage.Annulment?.Last is { IsInside: true } inside ? inside.At.ToDateTimeUtc() : null);
        _vouchedBy.Add(passage.Vouching?.By?.Value);
        _vouchReason.Add(passage.Vouching?.Reason);
        _escort.Add(passage.Escort?.Value);
        _outsideSince.Add(passage.Annulment?.Last is { IsInside: false } outside ? outside.At.ToDateTimeUtc() : null);
        _lastOperation.Add(passage.Annulment?.Last?.By.ToGuid());
        _awaited.Add(passage.Annulment?.Awaited?.ToGuid());
    }
}
