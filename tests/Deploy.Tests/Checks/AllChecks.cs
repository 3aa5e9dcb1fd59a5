using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>Everything that is checked on a parsed overlay.</summary>
internal static class AllChecks
{
    /// <summary>What is wrong, a sentence each.</summary>
    public static async Task<IReadOnlyList<string>> Find(Manifest manifest) =>
    [
        .. Selectors.Find(manifest),
        .. Ports.Find(manifest),
        .. References.Find(manifest),
        .. Settings.Find(manifest),
        .. Listeners.Find(manifest),
        .. Rollout.Find(manifest),
        .. Hardening.Find(manifest),
        .. Doors.Find(manifest),
        .. await EnvoyShape.Find(manifest),
    ];
}
