using System.Globalization;
using System.Net;
using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Silo.Management;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>Where the silo listens by its settings is where the manifests look for it, path by path.</summary>
internal static class Listeners
{
    public static IEnumerable<string> Find(Manifest manifest)
    {
        var pod = manifest.SiloPod;
        var silo = pod.Container("silo");
        var settings = Settings.Of(manifest);
        // What is no address is told with the settings.
        if (!IPEndPoint.TryParse(settings.GetValueOrDefault("Zvonok:Management:Listen") ?? new ManagementOptions().Listen, out var management)) yield break;
        var siloPort = int.Parse(settings.GetValueOrDefault("Zvonok:Cluster:SiloPort") ?? "11111", CultureInfo.InvariantCulture);

        if (IPAddress.IsLoopback(management.Address)) yield return $"The silo tells its health on {management}, where the kubelet cannot ask.";
        foreach (var (name, port) in ((string, int)[])[("management", management.Port), ("silo", siloPort)])
            if ((silo.Ports ?? []).FirstOrDefault(its => its.Name == name)?.ContainerPort is var declared && declared != port)
                yield return $"The silo listens on {port} for '{name}', and its container says {declared?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}.";

        foreach (var (name, probe, path) in ((string, V1Probe?, string)[])
                 [
                     ("startup", silo.StartupProbe, ManagementListener.LivePath),
                     ("liveness", silo.LivenessProbe, ManagementListener.LivePath),
                     ("readiness", silo.ReadinessProbe, ManagementListener.ReadyPath),
                 ])
            if (probe?.HttpGet?.Path != path)
                yield return $"The silo's {name} probe asks {probe?.HttpGet?.Path ?? "nothing"} instead of {path}.";

        var annotations = pod.Metadata.Annotations ?? new Dictionary<string, string>();
        foreach (var (name, value) in ((string, string)[])
                 [
                     ("prometheus.io/scrape", "true"),
                     ("prometheus.io/port", management.Port.ToString(CultureInfo.InvariantCulture)),
                     ("prometheus.io/path", ManagementListener.MetricsPath),
                 ])
            if (!annotations.TryGetValue(name, out var told) || told != value)
                yield return $"Prometheus is told {name}={told ?? ""} instead of {value}.";
    }
}
