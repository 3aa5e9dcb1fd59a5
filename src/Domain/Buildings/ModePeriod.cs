using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>Since when a building is in its mode, and through whom (S1).</summary>
/// <param name="Seq">The passage that began it.</param>
/// <param name="Since">When it began.</param>
/// <param name="By">The employee who answers for it; null for a device.</param>
/// <param name="Device">The device that asked for it; 0 when none did.</param>
/// <param name="Reason">Why; empty when nobody said.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ModePeriod")]
public sealed record ModePeriod(
    [property: Id(0)] long Seq, [property: Id(1)] Instant Since, [property: Id(2)] AccountNumber? By, [property: Id(3)] DeviceId Device, [property: Id(4)] string Reason)
{
    internal static ModePeriod From(Passage passage) => new(passage.Seq, passage.EventAt, passage.Vouching?.By, passage.Device, passage.Vouching?.Reason ?? "");
}
