using System.Globalization;

namespace Zvonok.Chaos.Faults;

/// <summary>Faults in words.</summary>
internal static class FaultNames
{
    public static string Of(FaultKind kind) => kind switch
    {
        FaultKind.Kill => "silo killed (kill -9)",
        FaultKind.Freeze => "silo frozen for 20 s",
        FaultKind.Replace => "silo replaced (SIGTERM)",
        FaultKind.DatabaseStop => "database broken off",
        FaultKind.Cut => "silo cut off from the database",
        FaultKind.Silence => "silo and database do not hear each other",
        FaultKind.SlowLink => "slow link to the database",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Of(Fault fault) => Of(fault.Kind)
        + (fault.Silo is { } silo ? string.Create(CultureInfo.InvariantCulture, $", silo {silo + 1}") : "")
        + (fault.Length > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $", {fault.Length.TotalSeconds:0.0} s") : "")
        + (fault.Delay > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $", {fault.Delay.TotalMilliseconds:0} ms each way") : "");
}
