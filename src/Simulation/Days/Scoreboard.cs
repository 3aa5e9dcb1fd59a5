namespace Zvonok.Simulation.Days;

/// <summary>What has happened so far. Safe for any number of threads.</summary>
public sealed class Scoreboard
{
    private readonly Lock _lock = new();
    private long _faults;
    private string? _firstFault;

    /// <summary>Passages.</summary>
    public Tally Taps { get; } = new();

    /// <summary>Sales.</summary>
    public Tally Sales { get; } = new();

    /// <summary>Of the passages those that gates decided alone.</summary>
    public AloneTally TapsAlone { get; } = new();

    /// <summary>Of the sales those that tills decided alone.</summary>
    public AloneTally SalesAlone { get; } = new();

    /// <summary>Payments into purses.</summary>
    public Tally TopUps { get; } = new();

    /// <summary>Daily limits that families set.</summary>
    public Tally Limits { get; } = new();

    /// <summary>How often something happened that the day's plan did not expect, such as an error or a refusal without cause.</summary>
    public long Faults
    {
        get
        {
            lock (_lock) return _faults;
        }
    }

    /// <summary>The first of them; null: none.</summary>
    public string? FirstFault
    {
        get
        {
            lock (_lock) return _firstFault;
        }
    }

    /// <summary>Something happened that the day's plan did not expect.</summary>
    public void Fault(string what)
    {
        lock (_lock)
        {
            _faults++;
            _firstFault ??= what;
        }
    }
}

/// <summary>A refusal as the device shows it.</summary>
/// <param name="At">The school's clock.</param>
/// <param name="Device">Which gate or till.</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="IsGate">A gate's, or a till's.</param>
/// <param name="Cashier">What the cashier reads; null at a gate, and when a till has decided alone.</param>
public sealed record RefusalShown(LocalTime At, DeviceId Device, string Reason, bool IsGate, Till.V1.CashierMessage? Cashier);
