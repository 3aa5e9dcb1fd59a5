using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>No pod has rights that it does not need, and none may eat up its node.</summary>
internal static class Hardening
{
    public static IEnumerable<string> Find(Manifest manifest)
    {
        foreach (var pod in manifest.Pods.Where(pod => pod.Spec is not null))
        {
            var security = pod.Spec!.SecurityContext;
            if (security?.RunAsNonRoot != true || security.RunAsUser is null or 0) yield return $"{pod.Name} may run as root.";
            if (security?.SeccompProfile?.Type != "RuntimeDefault") yield return $"{pod.Name} has no seccomp profile.";
            if (pod.Spec.AutomountServiceAccountToken != false) yield return $"{pod.Name} is given a key to the Kubernetes API.";
            if (pod.Spec.HostNetwork == true || pod.Spec.HostPID == true || pod.Spec.HostIPC == true) yield return $"{pod.Name} shares its node's namespaces.";
            foreach (var fault in pod.Containers.SelectMany(container => Find(container).Select(fault => $"{pod.Name}/{container.Name} {fault}"))) yield return fault;
        }

        var denied = manifest.Of<V1NetworkPolicy>().Any(policy =>
            policy.Spec.PodSelector.MatchLabels is null or { Count: 0 } && policy.Spec.PodSelector.MatchExpressions is null or { Count: 0 }
            && policy.Spec.PolicyTypes.Contains("Ingress") && policy.Spec.PolicyTypes.Contains("Egress")
            && policy.Spec.Ingress is null or { Count: 0 } && policy.Spec.Egress is null or { Count: 0 });
        if (!denied) yield return "No network policy denies what none allows.";
    }

    private static IEnumerable<string> Find(V1Container container)
    {
        var security = container.SecurityContext;
        if (security?.ReadOnlyRootFilesystem != true) yield return "may write to its root file system.";
        if (security?.AllowPrivilegeEscalation != false) yield return "may gain privileges.";
        if (security?.Privileged == true) yield return "is privileged.";
        if (security?.Capabilities?.Drop?.Contains("ALL") != true || security.Capabilities.Add is { Count: > 0 }) yield return "keeps capabilities.";
        if (container.Resources?.Requests?.ContainsKey("cpu") != true || container.Resources.Requests.ContainsKey("memory") != true) yield return "says not what it needs.";
        if (container.Resources?.Limits?.ContainsKey("memory") != true) yield return "may eat up its node's memory.";
        if (!container.Image.Split('/')[^1].Contains(':', StringComparison.Ordinal) || container.Image.EndsWith(":latest", StringComparison.Ordinal)) yield return $"has an image without a version: {container.Image}.";
    }
}
