using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>What a building's devices bring about by themselves.</summary>
public static partial class BuildingRules
{
    /// <summary>A device has fallen silent or is back (S4): a fact of the building.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="news">What became of the device.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, DeviceNews news, Instant now) =>
        Next(building, news.RecordedAs, news.Operation, news.Fingerprint, news.Since, now) with { Device = news.Device };

    /// <summary>
    /// The evacuation that a gate's fire input asks for (S1). It is one operation for as long as the input is on: sent again it changes nothing, also when somebody has ended the
    /// evacuation meanwhile.
    /// </summary>
    /// <param name="gate">Whose input.</param>
    /// <param name="onSince">When it was switched on.</param>
    public static ModeChange EvacuationBy(DeviceId gate, Instant onSince) => new()
    {
        Operation = OperationId.Create(onSince, 0, (ulong)gate.Value).Derive([(long)PassageKind.ModeChange, gate.Value]),
        Mode = BuildingMode.Evacuation,
        EventTime = onSince,
        Device = gate,
    };
}
