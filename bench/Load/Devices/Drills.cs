using System.Diagnostics;
using Grpc.Net.Client;
using HdrHistogram;
using Zvonok.Gate.V1;
using Zvonok.Schools.V1;

namespace Zvonok.Load.Devices;

/// <summary>Evacuations of one building, one after the other: from the fire panel's call to the "open" at each of its gates (S1).</summary>
/// <param name="hall">The building.</param>
/// <param name="failures">Where failures are counted.</param>
internal sealed class Drills(Hall hall, Failures failures)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private TaskCompletionSource _everybody = new();
    private bool _isOpenExpected;
    private int _missing;
    private long _began;

    /// <summary>One value for each gate and evacuation.</summary>
    public HistogramBase Opened { get; } = Histograms.Create();

    /// <summary>A gate has been told.</summary>
    public void Hear(ModeNotice mode)
    {
        lock (_gate)
        {
            if (_missing == 0 || mode.Open != _isOpenExpected) return;
            if (mode.Open) Opened.RecordValue(Histograms.Microseconds(Stopwatch.GetElapsedTime(_began)));
            if (--_missing == 0) _everybody.TrySetResult();
        }
    }

    /// <summary>So many evacuations, each ended again by the employee.</summary>
    public async Task Run(GrpcChannel channel, int count, TimeSpan every, CancellationToken stop)
    {
        var (school, ids) = (new SchoolService.SchoolServiceClient(channel), new OperationIds(SystemClock.Instance, 7));
        for (var drill = 0; drill < count; drill++)
        {
            await Told(isOpen: true, async () => (await school.StartEvacuationAsync(
                new StartEvacuationRequest { OperationId = ids.Next(), BuildingId = hall.Building, DeviceId = hall.FirePanel, Reason = "A drill" }, cancellationToken: stop)).Granted is not null);
            await Told(isOpen: false, async () => (await school.EndEvacuationAsync(
                new EndEvacuationRequest { OperationId = ids.Next(), BuildingId = hall.Building, EmployeeCardUid = hall.EmployeeCard, Reason = "The drill is over" }, cancellationToken: stop)).Granted is not null);
            await Task.Delay(every, stop);
        }
    }

    private async Task Told(bool isOpen, Func<Task<bool>> act)
    {
        Task everybody;
        lock (_gate)
        {
            (_isOpenExpected, _missing, _everybody) = (isOpen, Hall.Gates, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _began = Stopwatch.GetTimestamp();
            everybody = _everybody.Task;
        }

        if (!await act()) failures.Add(isOpen ? "an evacuation was not started" : "an evacuation was not ended");
        await everybody.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            for (; _missing > 0; _missing--) failures.Add($"a gate was not told within {Patience.TotalSeconds:0} s to {(isOpen ? "open" : "go on")}");
        }
    }
}
