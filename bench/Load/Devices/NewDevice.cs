using HdrHistogram;
using Zvonok.Gate.V1;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Devices;

/// <summary>A device that is to be connected.</summary>
/// <param name="Device">Its number.</param>
/// <param name="Queued">Facts that it will say are in its queue.</param>
/// <param name="IsTill">Otherwise a gate.</param>
/// <param name="Told">Told of a gate's modes; null: nobody.</param>
internal readonly record struct NewDevice(DeviceId Device, long Queued = 0, bool IsTill = false, Action<ModeNotice>? Told = null)
{
    /// <summary>All of a city, by number.</summary>
    public static IEnumerable<NewDevice> All(City city)
    {
        foreach (var school in city.Schools)
        {
            for (var gate = 0; gate < school.GateCount; gate++) yield return new NewDevice(school.Gate(gate));
            yield return new NewDevice(school.Till, IsTill: true);
        }

        foreach (var kindergarten in city.Kindergartens)
            for (var gate = 0; gate < kindergarten.GateCount; gate++)
                yield return new NewDevice(new DeviceId(kindergarten.FirstGate.Value + gate));
    }

    /// <summary>A part of Moscow with at least so many devices: as many gates more in its schools as that takes.</summary>
    public static City CityWith(int pupils, int devices)
    {
        var plan = CityPlan.Moscow(pupils);
        var city = City.Create(plan);
        while (All(city).Count() < devices && plan.PupilsPerGate > 1) city = City.Create(plan = plan with { PupilsPerGate = plan.PupilsPerGate - 1 });
        return city;
    }
}

/// <summary>When a device begins to connect.</summary>
/// <param name="Start">From the beginning on.</param>
/// <param name="Device">Which.</param>
internal readonly record struct ConnectStep(TimeSpan Start, NewDevice Device) : IStep;

/// <summary>From the moment at which a device was meant to connect to its welcome.</summary>
internal sealed class ConnectRecorder(int seconds) : LoopRecorder<ConnectStep>(seconds)
{
    private readonly HistogramBase _took = Histograms.Create();

    public override HistogramBase All => _took;

    protected override HistogramBase Of(ConnectStep step) => _took;
}
