using Grpc.Core;

namespace Zvonok.Simulation.Days;

/// <summary>The gates and tills that a day is played on.</summary>
public interface IDayDevices
{
    /// <summary>A pupil holds the card to the usual gate. Throws <see cref="RpcException"/> when there is no answer.</summary>
    Task<Shown> Arrive(Arrival arrival);

    /// <summary>A pupil buys lunch at the school's till. Throws <see cref="RpcException"/> when there is no answer.</summary>
    Task<Shown> Buy(Lunch lunch);
}

/// <summary>What a device shows after an operation.</summary>
/// <param name="Refusal">The name of the reason why not; null: the gate opens, or lunch is sold.</param>
/// <param name="Cashier">What the cashier reads of a refusal; null at a gate, and when the core did not say it.</param>
/// <param name="IsAlone">True: the device has decided without the core.</param>
public sealed record Shown(string? Refusal, Till.V1.CashierMessage? Cashier = null, bool IsAlone = false);
