using Zvonok.Load.Morning;

namespace Zvonok.Load.Devices;

/// <summary>The same devices, connected in the same way, at a server that admits everybody and does nothing: what the machine, the transport and the load tool take for themselves.</summary>
internal sealed class EmptyServer : IAsyncDisposable
{
    private readonly RivalProcess _server;
    private readonly DeviceFleet _fleet;
    private readonly City _city;
    private readonly OperationIds _ids = new(SystemClock.Instance, 3);
    private readonly Failures _failures;

    private EmptyServer(RivalProcess server, DeviceFleet fleet, City city, Failures failures) => (_server, _fleet, _city, _failures) = (server, fleet, city, failures);

    /// <summary>Its process id.</summary>
    public int ProcessId => _server.ProcessId;

    public static async Task<EmptyServer> Start(Stage stage, City city, int connectRate, Failures failures, CancellationToken stop)
    {
        var server = await stage.StartRival(connectionString: null, stop);
        var (fleet, devices) = (new DeviceFleet(server.Address, failures), NewDevice.All(city).ToArray());
        await Terminal.Show("Connecting to the empty server", 1 + devices.Length / connectRate, done => fleet.Connect(devices, connectRate, done, stop));
        return new EmptyServer(server, fleet, city, failures);
    }

    /// <summary>Taps as the step says; a failure is counted, never thrown.</summary>
    public async Task Do(Step step)
    {
        try
        {
            var pupil = _city.PupilAt(step.Pupil);
            var result = await _fleet.Gate(pupil.Gate).Tap(GateLink.Request(_ids.Next(), pupil.Gate, pupil.CardUid, step.Direction, SystemClock.Instance.GetCurrentInstant()));
            if (result.Response?.Outcome != Gate.V1.Outcome.Admitted) _failures.Add("empty: not admitted");
        }
        catch (Exception failure)
        {
            _failures.Add("empty", failure);
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();
}
