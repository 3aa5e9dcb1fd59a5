using System.Collections.Concurrent;
using Zvonok.Grains.Buildings.Watching;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>A device's stream without a wire: it keeps what it is told.</summary>
internal sealed class PlayedStream(BuildingId building, params DeviceId[] devices) : DeviceStream(building, devices)
{
    public ConcurrentQueue<BuildingMode> Told { get; } = new();

    public ConcurrentQueue<StreamEnd> Ends { get; } = new();

    /// <summary>Whether the device reads what it is told.</summary>
    public bool Reads { get; init; } = true;

    public override bool Tell(ModeSeen mode)
    {
        if (Reads) Told.Enqueue(mode.Mode);
        return Reads;
    }

    /// <summary>How often its list was out of date.</summary>
    public int Changes { get; private set; }

    public override void CardsChanged() => Changes++;

    public override void Round()
    {
    }

    protected override void End(StreamEnd why) => Ends.Enqueue(why);

    protected override void Abort()
    {
    }
}
