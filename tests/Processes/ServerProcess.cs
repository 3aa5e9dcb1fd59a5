using System.Diagnostics;
using System.Runtime.InteropServices;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Zvonok.Processes;

/// <summary>A gRPC server as a process of its own, ended at the latest when this process ends.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int OutputLinesMax = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly Queue<string> _output = new();

    private ServerProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>True when it is gone, for whatever reason.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended; only to be asked when it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>Starts a program; the variables are added to this process's own.</summary>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var server = new ServerProcess(process);
        process.OutputDataReceived += server.Keep;
        process.ErrorDataReceived += server.Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until its health service answers SERVING; throws with its output when it ends or takes too long.</summary>
    public async Task WaitUntilServing(Uri address, TimeSpan timeout, CancellationToken stop = default)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(timeout);
        // A channel waits a second and more before it tries again to connect: so long nobody would notice that the server is there.
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { InitialReconnectBackoff = PollInterval, MaxReconnectBackoff = PollInterval });
        var health = new Health.HealthClient(channel);
        try
        {
            while (!await IsServing(health, limited.Token))
            {
                if (HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode} while starting:\n{Output}");
                await Task.Delay(PollInterval, limited.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"The server at {address} does not serve after {timeout.TotalSeconds:0} seconds:\n{Output}");
        }
    }

    /// <summary>Asks it to stop (SIGTERM), waits until it has, and returns its exit status.</summary>
    public async Task<int> Stop(TimeSpan timeout)
    {
        if (!HasExited) _ = Signal(_process.Id, SigTerm);
        using var limited = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(limited.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Kill();
            throw new TimeoutException($"The server did not stop within {timeout.TotalSeconds:0} seconds of SIGTERM:\n{Output}");
        }
    }

    /// <summary>Stops it where it is (SIGSTOP): its connections stay open and nobody answers.</summary>
    public void Freeze() => _ = Signal(_process.Id, SigStop);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => _ = Signal(_process.Id, SigCont);

    /// <summary>Waits until it has ended by itself, and returns its exit status.</summary>
    public async Task<int> WaitForExit(TimeSpan timeout)
    {
        await _process.WaitForExitAsync().WaitAsync(timeout);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await Kill();
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text) return;
        lock (_output)
        {
            if (_output.Count == OutputLinesMax) _output.Dequeue();
            _output.Enqueue(text);
        }
    }

    private static async Task<bool> IsServing(Health.HealthClient health, CancellationToken stop)
    {
        try
        {
            var answer = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: stop);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
