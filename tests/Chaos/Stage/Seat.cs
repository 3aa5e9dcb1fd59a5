namespace Zvonok.Chaos.Stage;

/// <summary>A silo that ended although nobody had ended it.</summary>
/// <param name="Silo">Which, counted from 0.</param>
/// <param name="At">When that was seen, by the notebook.</param>
/// <param name="ExitCode">How.</param>
/// <param name="Output">The last that it said.</param>
internal sealed record OwnEnd(int Silo, TimeSpan At, int ExitCode, string Output);

/// <summary>
/// The place of one silo: always the same addresses, the same way to the database, and one process after the other. A
/// process that ends by itself is started again, as Kubernetes would.
/// </summary>
internal sealed class Seat(int number, SiloSettings settings, Link link) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Whoever does something to the process holds it; what happens meanwhile is that one's doing.
    private readonly SemaphoreSlim _hand = new(1);
    private readonly List<string> _outputs = [];
    private SiloProcess? _process;

    /// <summary>Counted from 0.</summary>
    public int Number => number;

    /// <summary>Its way to the database.</summary>
    public Link Link => link;

    /// <summary>Where clients connect.</summary>
    public Uri Address => settings.Address;

    /// <summary>The process, which serves or did so last.</summary>
    public SiloProcess Process => _process ?? throw new InvalidOperationException($"Silo {number} was never started.");

    /// <summary>What its processes said last, the oldest first.</summary>
    public IEnumerable<string> Outputs => _process is null ? _outputs : [.. _outputs, _process.Output];

    /// <summary>How often a process that was started did not come to serve.</summary>
    public int FailedStarts { get; private set; }

    /// <summary>
    /// Starts a process and waits until it serves. One that ends or takes too long, for the database or the others are away
    /// too, is started again, as Kubernetes would; but the first of all has to come up.
    /// </summary>
    public async Task Start(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var started = await SiloProcess.Start(settings, stop);
                if (_process is { } before) await Bury(before);
                _process = started;
                return;
            }
            catch (Exception failure) when (_process is not null && failure is (InvalidOperationException or TimeoutException))
            {
                // The message ends with all that it has said.
                _outputs.Add(failure.Message);
                FailedStarts++;
                await Task.Delay(Look, stop);
            }
        }
    }

    /// <summary>Does something to the process, alone.</summary>
    public async Task Handle(Func<SiloProcess, Task> deed)
    {
        await _hand.WaitAsync();
        try
        {
            await deed(Process);
        }
        finally
        {
            _hand.Release();
        }
    }

    /// <summary>Starts the process again whenever it ends by itself, and tells of it.</summary>
    public async Task Watch(Func<TimeSpan> now, Action<OwnEnd> ended, CancellationToken stop)
    {
        using var clock = new PeriodicTimer(Look);
        while (await clock.WaitForNextTickAsync(stop))
            await Handle(async process =>
            {
                if (!process.HasExited) return;
                ended(new OwnEnd(number, now(), process.ExitCode, process.Output));
                await Start(stop);
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        await link.DisposeAsync();
        _hand.Dispose();
    }

    private async Task Bury(SiloProcess process)
    {
        _outputs.Add(process.Output);
        await process.DisposeAsync();
    }
}
