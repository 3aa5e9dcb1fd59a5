namespace Zvonok.Load.Compare;

/// <summary>One of the ways to sell that are held beside each other.</summary>
internal interface IArm : IAsyncDisposable
{
    /// <summary>As the report calls it.</summary>
    string Name { get; }

    /// <summary>The server behind it.</summary>
    int ServerProcessId { get; }

    /// <summary>Sales that one call, and so one latency, stands for.</summary>
    int SalesPerCall => 1;

    /// <summary>Sells in a closed loop, as many calls in flight as were set, until told to stop; then waits for the last answers.</summary>
    Task Run(Recorder recorder, CancellationToken stop);
}

/// <summary>The client's side, alike for all arms.</summary>
/// <param name="Connections">Sockets.</param>
/// <param name="InFlight">Calls in flight on each.</param>
internal sealed record ClientSettings(int Connections, int InFlight);
