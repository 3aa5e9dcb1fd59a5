using System.Globalization;

namespace Zvonok.Processes;

/// <summary>Settings of a temporary cluster. Durability is not among them: it is always on.</summary>
public sealed record PostgresSettings
{
    /// <summary>PostgreSQL's cache, in its own notation.</summary>
    public string SharedBuffers { get; init; } = "128MB";

    /// <summary>How much log is written between two checkpoints, in PostgreSQL's own notation.</summary>
    public string MaxWalSize { get; init; } = "1GB";

    /// <summary>Connections at a time.</summary>
    public int MaxConnections { get; init; } = 200;
}

/// <summary>
/// A PostgreSQL cluster of its own on a free port of the loopback address, made from the installed programs and removed
/// when disposed of, or at the latest when this process ends.
/// </summary>
public sealed class TemporaryPostgres : IAsyncDisposable
{
    private readonly string _home;

    private TemporaryPostgres(string home, int port, PostgresSettings settings)
    {
        (_home, Port, Settings) = (home, port, settings);
        AppDomain.CurrentDomain.ProcessExit += RemoveAtExit;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What it was made with.</summary>
    public PostgresSettings Settings { get; }

    /// <summary>The id of the server's first process, of which all others are children; it changes with a restart.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_home, "data");

    /// <summary>Makes and starts a cluster; its superuser is <c>postgres</c>, without a password.</summary>
    public static async Task<TemporaryPostgres> Start(PostgresSettings? settings = null, CancellationToken stop = default)
    {
        var home = Path.Combine(Path.GetTempPath(), $"zvonok-postgres-{Guid.NewGuid():N}");
        var postgres = new TemporaryPostgres(home, FreePort.Next(), settings ?? new());
        try
        {
            await PostgresBinaries.MakeDirectory(home, stop);
            await Program("initdb", stop, "-D", postgres.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            await File.AppendAllTextAsync(Path.Combine(postgres.Data, "postgresql.conf"), postgres.Configuration(), stop);
            await postgres.StartAgain(stop);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a client reaches one of its databases.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database={database}";

    /// <summary>Makes an empty database and tells how to reach it.</summary>
    public async Task<string> CreateDatabase(string name, CancellationToken stop = default)
    {
        await Query("postgres", $"create database {name}", stop);
        return ConnectionString(name);
    }

    /// <summary>Runs one statement and returns what <c>psql</c> prints: rows by line, columns by <c>|</c>.</summary>
    public async Task<string> Query(string database, string sql, CancellationToken stop = default) =>
        (await Program("psql", stop, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database,
            "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-c", sql)).TrimEnd();

    /// <summary>Carries the content of a database into an empty one of another cluster, as a backup is restored (<c>pg_dump</c>).</summary>
    public async Task Copy(string database, TemporaryPostgres other, string name, CancellationToken stop = default)
    {
        var file = Path.Combine(_home, $"{database}.sql");
        await Program("pg_dump", stop, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database, "-f", file);
        await Program("psql", stop, "-h", "127.0.0.1", "-p", other.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", name,
            "-v", "ON_ERROR_STOP=1", "-X", "-q", "-o", "/dev/null", "-f", file);
    }

    /// <summary>Breaks it off like a crash: no checkpoint, no farewell to clients. <see cref="StartAgain"/> recovers.</summary>
    public Task StopImmediately(CancellationToken stop = default) => Program("pg_ctl", stop, "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Starts the stopped cluster on the same port, with its data.</summary>
    public Task StartAgain(CancellationToken stop = default) =>
        Program("pg_ctl", stop, "-D", Data, "-l", Path.Combine(_home, "log"), "-w", "-t", "60", "start");

    /// <summary>Stops all its processes where they are (SIGSTOP): connections stay open and nobody answers.</summary>
    public async Task Freeze(CancellationToken stop = default)
    {
        // The parent first, so that no further process is born.
        await Signal("-STOP", [ProcessId], stop);
        await Signal("-STOP", ProcessTree.Children(ProcessId), stop);
    }

    /// <summary>Lets a frozen server go on.</summary>
    public Task Thaw(CancellationToken stop = default) => Signal("-CONT", [.. ProcessTree.Children(ProcessId), ProcessId], stop);

    /// <summary>The server's log.</summary>
    public string Log() => File.Exists(Path.Combine(_home, "log")) ? File.ReadAllText(Path.Combine(_home, "log")) : "";

    /// <summary>Stops the cluster and removes every trace of it.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveAtExit;
        await Remove();
    }

    private void RemoveAtExit(object? sender, EventArgs e) => Remove().GetAwaiter().GetResult();

    private async Task Remove()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            var (program, arguments) = PostgresBinaries.CommandLine("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            await Command.Run(program, arguments);
        }

        if (Directory.Exists(_home)) Directory.Delete(_home, recursive: true);
    }

    // Nothing that a client of another user could reach, and the defaults of durability said aloud.
    private string Configuration() => $"""

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        port = {Port.ToString(CultureInfo.InvariantCulture)}
        max_connections = {Settings.MaxConnections.ToString(CultureInfo.InvariantCulture)}
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        shared_buffers = '{Settings.SharedBuffers}'
        max_wal_size = '{Settings.MaxWalSize}'

        """;

    private static Task<string> Signal(string signal, IReadOnlyList<int> processes, CancellationToken stop) => Command.Require(
        "kill", [signal, .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))], stop: stop);

    private static Task<string> Program(string name, CancellationToken stop, params string[] arguments)
    {
        var (program, all) = PostgresBinaries.CommandLine(name, arguments);
        return Command.Require(program, all, stop: stop);
    }
}
