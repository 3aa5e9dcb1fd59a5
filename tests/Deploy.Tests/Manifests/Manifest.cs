using k8s;
using k8s.Models;

namespace Zvonok.Deploy.Tests.Manifests;

/// <summary>Everything that an overlay applies, parsed strictly: an unknown field, kind or a field given twice is an error.</summary>
internal sealed class Manifest
{
    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["postgresql.cnpg.io/v1/Cluster"] = typeof(CnpgCluster),
        ["postgresql.cnpg.io/v1/ScheduledBackup"] = typeof(CnpgScheduledBackup),
        ["barmancloud.cnpg.io/v1/ObjectStore"] = typeof(CnpgObjectStore),
    };

    private Manifest(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects) => Objects = objects;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    /// <summary>Every pod that comes of it; CloudNativePG's are known by their labels alone.</summary>
    public IReadOnlyList<PodTemplate> Pods =>
    [
        .. Of<V1Deployment>().Select(deployment => new PodTemplate(Name(deployment), deployment.Spec.Template.Metadata, deployment.Spec.Template.Spec)),
        .. Of<V1StatefulSet>().Select(set => new PodTemplate(Name(set), set.Spec.Template.Metadata, set.Spec.Template.Spec) { Claims = set.Spec.VolumeClaimTemplates ?? [] }),
        .. Of<CnpgCluster>().Select(cluster => new PodTemplate(Name(cluster), new V1ObjectMeta { Labels = LabelsOf(cluster) }, null)),
    ];

    public PodTemplate SiloPod => Pods.Single(pod => pod.Name == "Deployment/zvonok-silo");

    public static Manifest Parse(string yaml) =>
        new([.. KubernetesYaml.LoadAllFromString(yaml, Kinds, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()]);

    public static string Name(IKubernetesObject<V1ObjectMeta> it) => $"{it.Kind}/{it.Metadata.Name}";

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    private static Dictionary<string, string> LabelsOf(CnpgCluster cluster) =>
        new(cluster.Spec.InheritedMetadata?.Labels ?? []) { ["cnpg.io/cluster"] = cluster.Metadata.Name };
}

/// <summary>A pod as its owner makes it.</summary>
/// <param name="Name">Its owner, for messages.</param>
/// <param name="Metadata">Labels and annotations.</param>
/// <param name="Spec">Null when an operator makes it.</param>
internal sealed record PodTemplate(string Name, V1ObjectMeta Metadata, V1PodSpec? Spec)
{
    public IEnumerable<V1PersistentVolumeClaim> Claims { get; init; } = [];

    /// <summary>Sidecars and the rest.</summary>
    public IReadOnlyList<V1Container> Containers => Spec is null ? [] : [.. Spec.InitContainers ?? [], .. Spec.Containers];

    public IEnumerable<V1ContainerPort> Ports => Containers.SelectMany(container => container.Ports ?? []);

    public bool IsChosenBy(IDictionary<string, string>? labels) =>
        labels is not null && labels.All(label => Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    public V1Container Container(string name) => Containers.Single(container => container.Name == name);
}
