using System.Globalization;
using System.Runtime.InteropServices;

namespace Zvonok.Load.Reports;

/// <summary>Where a measurement was made.</summary>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">Cores that this process may use.</param>
/// <param name="MemoryGb">Memory.</param>
/// <param name="Os">Operating system and kernel.</param>
/// <param name="Runtime">The .NET runtime.</param>
internal sealed record Machine(string Cpu, int Cores, double MemoryGb, string Os, string Runtime)
{
    public static Machine Read() => new(
        Value("/proc/cpuinfo", "model name") ?? "unknown",
        Environment.ProcessorCount,
        Math.Round(double.Parse((Value("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / (1024 * 1024), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string? Value(string file, string name) => File.ReadLines(file)
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
