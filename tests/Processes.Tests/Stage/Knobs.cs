using System.Globalization;
using System.Security.Cryptography;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>What a run takes from environment variables.</summary>
internal static class Knobs
{
    /// <summary><c>ZVONOK_SEED</c>: what operations and moments are drawn from. Without it every run has its own, and prints it.</summary>
    public static int Seed() => Read("ZVONOK_SEED") ?? RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary><c>ZVONOK_KILLS</c>: how often the silo of a store is killed.</summary>
    public static int Kills => Read("ZVONOK_KILLS") ?? 4;

    /// <summary><c>ZVONOK_DUMPS</c>: a directory for the memory of silos that end themselves, or still run when their scene fails. Without it none is written.</summary>
    public static string? Dumps => Environment.GetEnvironmentVariable("ZVONOK_DUMPS") is { Length: > 0 } directory ? directory : null;

    private static int? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
