using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>Whoever names a port names one that a container has.</summary>
internal static class Ports
{
    public static IEnumerable<string> Find(Manifest manifest) => OfServices(manifest).Concat(OfProbes(manifest)).Concat(OfPolicies(manifest));

    private static IEnumerable<string> OfServices(Manifest manifest) =>
        from service in manifest.Of<V1Service>()
        from port in service.Spec.Ports
        from pod in manifest.Pods.Where(pod => pod.Spec is not null && pod.IsChosenBy(service.Spec.Selector))
        where !Has(pod, port.TargetPort ?? port.Port)
        select $"{Manifest.Name(service)} sends to port {Text(port.TargetPort ?? port.Port)}, which {pod.Name} does not have.";

    private static IEnumerable<string> OfProbes(Manifest manifest) =>
        from pod in manifest.Pods
        from container in pod.Containers
        from probe in (V1Probe?[])[container.StartupProbe, container.LivenessProbe, container.ReadinessProbe]
        let port = probe?.HttpGet?.Port ?? probe?.TcpSocket?.Port
        where port is not null && !(container.Ports ?? []).Any(its => Is(its, port))
        select $"A probe of {pod.Name}/{container.Name} asks at port {Text(port)}, which the container does not have.";

    private static IEnumerable<string> OfPolicies(Manifest manifest)
    {
        foreach (var policy in manifest.Of<V1NetworkPolicy>())
        {
            // An empty selector means every pod.
            var own = manifest.Pods.Where(pod => pod.Spec is not null && pod.IsChosenBy(policy.Spec.PodSelector.MatchLabels ?? new Dictionary<string, string>())).ToList();
            foreach (var port in (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports ?? []))
                foreach (var pod in own.Where(pod => !Has(pod, port.Port)))
                    yield return $"{Manifest.Name(policy)} lets in to port {Text(port.Port)}, which {pod.Name} does not have.";

            foreach (var rule in policy.Spec.Egress ?? [])
                foreach (var peer in (rule.To ?? []).Where(peer => peer.NamespaceSelector is null && peer.PodSelector is not null))
                    foreach (var pod in manifest.Pods.Where(pod => pod.Spec is not null && pod.IsChosenBy(peer.PodSelector.MatchLabels)))
                        foreach (var port in (rule.Ports ?? []).Where(port => !Has(pod, port.Port)))
                            yield return $"{Manifest.Name(policy)} lets out to port {Text(port.Port)}, which {pod.Name} does not have.";
        }
    }

    private static bool Has(PodTemplate pod, IntOrString port) => pod.Ports.Any(its => Is(its, port));

    private static bool Is(V1ContainerPort its, IntOrString port) =>
        int.TryParse(port.Value, out var number) ? its.ContainerPort == number : its.Name == port.Value;

    private static string Text(IntOrString port) => port.Value;
}
