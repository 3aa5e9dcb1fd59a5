using System.Runtime.ExceptionServices;

namespace Zvonok.Journal.Read;

/// <summary>
/// Sends reads that have gathered while the last ones were under way in one message, and tells each what came back for it. The way to the database and back costs several
/// times what a look at a few keys costs, and at a city's rate there is always somebody else who waits.
/// </summary>
internal sealed class SharedReads : IAsyncDisposable
{
    /// <summary>Reads of one message: so few that nobody waits long for the others' rows.</summary>
    private const int MessageMax = 16;

    /// <summary>So many that wait have a message of their own beside the one that is under way.</summary>
    private const int CrowdMin = 4;

    private const int QueueMax = 4_000;

    private readonly DbDataSource _source;
    private readonly TimeSpan _timeMax;
    private readonly CrowdQueue<Request> _queue = new(QueueMax, CrowdMin);
    private readonly Task[] _lanes;

    /// <param name="source">Its connections for this, one for each lane.</param>
    /// <param name="timeMax">How long a message may take.</param>
    /// <param name="lanes">Messages at the same time; all but the first only for a crowd.</param>
    public SharedReads(DbDataSource source, TimeSpan timeMax, int lanes)
    {
        (_source, _timeMax) = (source, timeMax);
        _lanes = [.. Enumerable.Range(0, lanes).Select(lane => Task.Run(() => Run(isFirst: lane == 0)))];
    }

    /// <summary>Fills the selections in their order.</summary>
    /// <exception cref="JournalOverloadedException">So many wait already that this one would not be reached in time.</exception>
    public Task Fill(CancellationToken deadline, params ISelection[] selections)
    {
        var request = new Request(selections, deadline);
        return _queue.TryAdd(request)
            ? request.Completion.Task
            : throw new JournalOverloadedException($"{QueueMax} families' reads wait already: repeat a little later.");
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await Task.WhenAll(_lanes);
    }

    private async Task Run(bool isFirst)
    {
        var requests = new List<Request>(MessageMax);
        while (await (isFirst ? _queue.WaitForOne() : _queue.WaitForCrowd()))
        {
            while (requests.Count < MessageMax && _queue.TryTake(out var request))
                // Nobody waits any longer for what was not reached in time.
                if (!request.Deadline.IsCancellationRequested) requests.Add(request);
            if (requests.Count > 0) await Answer(requests);
            requests.Clear();
        }
    }

    private async Task Answer(List<Request> requests)
    {
        using var deadline = new Deadline(_timeMax, TimeProvider.System);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(deadline.Driver);
            if (connection.CanCreateBatch) await Together(connection, requests, deadline.Driver);
            else await OneByOne(connection, requests, deadline.Driver);
            foreach (var request in requests) request.Answer();
        }
        catch (Exception exception)
        {
            foreach (var request in requests) request.Completion.TrySetException(exception);
        }
    }

    private static async Task Together(DbConnection connection, List<Request> requests, CancellationToken deadline)
    {
        await using var batch = connection.CreateBatch();
        foreach (var selection in requests.SelectMany(request => request.Selections))
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = selection.Sql;
            Bind(selection, command.CreateParameter, command.Parameters);
            batch.BatchCommands.Add(command);
        }

        await using var rows = await batch.ExecuteReaderAsync(deadline);
        foreach (var request in requests)
            foreach (var selection in request.Selections)
            {
                while (await rows.ReadAsync(deadline)) request.Take(selection, rows);
                await rows.NextResultAsync(deadline);
            }
    }

    // SQLite reads in its caller's thread: there is no way to share.
    private static async Task OneByOne(DbConnection connection, List<Request> requests, CancellationToken deadline)
    {
        foreach (var request in requests)
            foreach (var selection in request.Selections)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = selection.Sql;
                Bind(selection, command.CreateParameter, command.Parameters);
                await using var rows = await command.ExecuteReaderAsync(deadline);
                while (await rows.ReadAsync(deadline)) request.Take(selection, rows);
            }
    }

    private static void Bind(ISelection selection, Func<DbParameter> create, DbParameterCollection parameters)
    {
        foreach (var (name, value) in selection.Parameters)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.Value) = (name, value);
            parameters.Add(parameter);
        }
    }

    private sealed class Request(ISelection[] selections, CancellationToken deadline)
    {
        private ExceptionDispatchInfo? _failure;

        public ISelection[] Selections => selections;

        public CancellationToken Deadline => deadline;

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // A row that cannot be understood is its own request's trouble.
        public void Take(ISelection selection, DbDataReader row)
        {
            try
            {
                if (_failure is null) selection.Take(row);
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
        }

        public void Answer()
        {
            if (_failure is { } failure) Completion.TrySetException(failure.SourceException);
            else Completion.TrySetResult();
        }
    }
}
