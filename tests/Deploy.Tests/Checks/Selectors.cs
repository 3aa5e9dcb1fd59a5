using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>Whoever chooses pods by labels chooses some.</summary>
internal static class Selectors
{
    public static IEnumerable<string> Find(Manifest manifest) => Chosen(manifest)
        .Where(choice => !manifest.Pods.Any(pod => pod.IsChosenBy(choice.Labels)))
        .Select(choice => $"{choice.By} chooses pods with {Text(choice.Labels)}, and no pod has these labels.")
        .Concat(Targets(manifest));

    private static IEnumerable<(string By, IDictionary<string, string> Labels)> Chosen(Manifest manifest)
    {
        foreach (var service in manifest.Of<V1Service>()) yield return (Manifest.Name(service), service.Spec.Selector);
        foreach (var budget in manifest.Of<V1PodDisruptionBudget>()) yield return (Manifest.Name(budget), budget.Spec.Selector.MatchLabels);
        foreach (var deployment in manifest.Of<V1Deployment>()) yield return (Manifest.Name(deployment), deployment.Spec.Selector.MatchLabels);
        foreach (var set in manifest.Of<V1StatefulSet>()) yield return (Manifest.Name(set), set.Spec.Selector.MatchLabels);
        foreach (var pod in manifest.Pods)
            foreach (var spread in pod.Spec?.TopologySpreadConstraints ?? [])
                yield return ($"{pod.Name}'s topology spread", spread.LabelSelector.MatchLabels);
        foreach (var policy in manifest.Of<V1NetworkPolicy>())
            foreach (var selector in Peers(policy))
                if (selector.MatchLabels is { Count: > 0 } labels)
                    yield return (Manifest.Name(policy), labels);
    }

    // A peer in another namespace is somebody else's pod.
    private static IEnumerable<V1LabelSelector> Peers(V1NetworkPolicy policy) =>
    [
        policy.Spec.PodSelector,
        .. (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? []))
            .Where(peer => peer.NamespaceSelector is null && peer.PodSelector is not null).Select(peer => peer.PodSelector),
    ];

    private static IEnumerable<string> Targets(Manifest manifest)
    {
        foreach (var scaler in manifest.Of<V2HorizontalPodAutoscaler>())
        {
            var target = scaler.Spec.ScaleTargetRef;
            if (manifest.Pods.FirstOrDefault(pod => pod.Name == $"{target.Kind}/{target.Name}") is not { } pod)
            {
                yield return $"{Manifest.Name(scaler)} scales {target.Kind}/{target.Name}, which is not there.";
                continue;
            }

            foreach (var metric in scaler.Spec.Metrics)
                if (metric.ContainerResource is { } resource && pod.Containers.All(container => container.Name != resource.Container))
                    yield return $"{Manifest.Name(scaler)} watches the container '{resource.Container}', which {pod.Name} does not have.";
        }
    }

    private static string Text(IDictionary<string, string> labels) => string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));
}
