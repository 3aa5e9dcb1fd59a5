using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>Who does something with a card, where and why: an employee or a device, never a name (D4).</summary>
/// <param name="Building">The school at which it is done.</param>
/// <param name="Employee">The responsible employee's account; null when a device does it.</param>
/// <param name="Device">The device; 0 when an employee does it.</param>
/// <param name="Reason">Why: 1 to <see cref="Limits.ReasonLengthMax"/> characters.</param>
[GenerateSerializer, Immutable, Alias("zvonok.CardAuthor")]
public sealed record CardAuthor([property: Id(0)] BuildingId Building, [property: Id(1)] AccountNumber? Employee, [property: Id(2)] DeviceId Device, [property: Id(3)] string Reason);
