using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Silo;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>A silo that is replaced loses nothing: the next is ready before it goes, and it has time to drain.</summary>
internal static class Rollout
{
    public static IEnumerable<string> Find(Manifest manifest)
    {
        foreach (var deployment in manifest.Of<V1Deployment>())
        {
            var name = Manifest.Name(deployment);
            var rolling = deployment.Spec.Strategy?.RollingUpdate;
            if (deployment.Spec.Strategy?.Type != "RollingUpdate" || rolling?.MaxUnavailable?.Value != "0") yield return $"{name} may stop a silo before the next one is ready: maxUnavailable should be 0.";
            if (rolling?.MaxSurge?.Value is null or "0") yield return $"{name} has no room for the next silo: maxSurge should be 1 or more.";
        }

        var pod = manifest.SiloPod;
        var silo = pod.Container("silo");
        if (silo.ReadinessProbe is null) yield return $"{pod.Name} has no readiness probe: it would get work before it can do any.";
        if (silo.Lifecycle?.PreStop?.Sleep?.Seconds is not > 0) yield return $"{pod.Name} is stopped before others know that it goes: it needs a preStop sleep.";
        var needed = Drain + TimeSpan.FromSeconds(silo.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0);
        var given = TimeSpan.FromSeconds(pod.Spec!.TerminationGracePeriodSeconds ?? 30);
        if (given <= needed) yield return $"{pod.Name} has {given.TotalSeconds} s to stop, and its drain may take {needed.TotalSeconds} s with what comes before it.";
        if (pod.Spec.InitContainers?.FirstOrDefault(container => container.Name == "doors")?.RestartPolicy != "Always")
            yield return $"{pod.Name}: the doors are no sidecar, so they would not outlive the silo's drain.";
        if (manifest.Of<V1PodDisruptionBudget>().All(budget => !pod.IsChosenBy(budget.Spec.Selector.MatchLabels))) yield return $"{pod.Name} has no disruption budget.";
    }

    // What the program gives itself.
    private static TimeSpan Drain { get; } = ReadDrain();

    private static TimeSpan ReadDrain()
    {
        using var app = (IDisposable)Composition.BuildServer();
        return ((IHost)app).Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }
}
