using k8s.Models;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Processes;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>
/// Whoever names a config map, a secret, a volume or an account names one that is there, key by key. Secrets are not in the
/// manifests: those to be made beforehand are listed, with their keys, in the table of <c>k8s/README.md</c>.
/// </summary>
internal static class References
{
    private static readonly Lazy<IReadOnlyDictionary<string, string[]>> Secrets = new(ReadSecrets);

    public static IEnumerable<string> Find(Manifest manifest)
    {
        foreach (var (by, name, key) in ConfigMapKeys(manifest))
            if (manifest.Of<V1ConfigMap>().FirstOrDefault(map => map.Metadata.Name == name) is not { } map) yield return $"{by} needs the config map {name}, which is not there.";
            else if (key is not null && !map.Data.ContainsKey(key)) yield return $"{by} needs the key {key} of the config map {name}, which does not have it.";

        foreach (var (by, name, key) in SecretKeys(manifest))
            if (!Secrets.Value.TryGetValue(name, out var keys)) yield return $"{by} needs the secret {name}, which k8s/README.md does not list.";
            else if (key is not null && !keys.Contains(key)) yield return $"{by} needs the key {key} of the secret {name}, which k8s/README.md does not list.";

        foreach (var pod in manifest.Pods.Where(pod => pod.Spec is not null))
        {
            var volumes = (pod.Spec!.Volumes ?? []).Select(volume => volume.Name).Concat(pod.Claims.Select(claim => claim.Metadata.Name)).ToHashSet();
            var mounted = pod.Containers.SelectMany(container => container.VolumeMounts ?? []).Select(mount => mount.Name).ToHashSet();
            foreach (var name in mounted.Except(volumes)) yield return $"{pod.Name} mounts the volume {name}, which it does not have.";
            foreach (var name in volumes.Except(mounted)) yield return $"{pod.Name} has the volume {name}, which nobody mounts.";
            if (pod.Spec.ServiceAccountName is { } account && manifest.Of<V1ServiceAccount>().All(its => its.Metadata.Name != account))
                yield return $"{pod.Name} runs as the service account {account}, which is not there.";
        }

        foreach (var cluster in manifest.Of<CnpgCluster>())
            foreach (var plugin in cluster.Spec.Plugins)
                if (plugin.Parameters.TryGetValue("barmanObjectName", out var store) && manifest.Of<CnpgObjectStore>().All(its => its.Metadata.Name != store))
                    yield return $"{Manifest.Name(cluster)} archives to the object store {store}, which is not there.";
        foreach (var backup in manifest.Of<CnpgScheduledBackup>())
            if (manifest.Of<CnpgCluster>().All(cluster => cluster.Metadata.Name != backup.Spec.Cluster.Name))
                yield return $"{Manifest.Name(backup)} backs up the cluster {backup.Spec.Cluster.Name}, which is not there.";
    }

    /// <summary>Listed secrets that no overlay needs.</summary>
    public static IEnumerable<string> Unneeded(IEnumerable<Manifest> overlays)
    {
        var needed = overlays.SelectMany(SecretKeys).Select(secret => secret.Name).ToHashSet();
        return Secrets.Value.Keys.Where(name => !needed.Contains(name));
    }

    private static IEnumerable<(string By, string Name, string? Key)> ConfigMapKeys(Manifest manifest)
    {
        foreach (var pod in manifest.Pods)
        {
            foreach (var container in pod.Containers)
            {
                foreach (var from in (container.EnvFrom ?? []).Where(from => from.ConfigMapRef is not null)) yield return ($"{pod.Name}/{container.Name}", from.ConfigMapRef.Name, null);
                foreach (var variable in container.Env ?? [])
                    if (variable.ValueFrom?.ConfigMapKeyRef is { } key) yield return ($"{pod.Name}/{container.Name}", key.Name, key.Key);
            }

            foreach (var volume in pod.Spec?.Volumes ?? [])
                if (volume.ConfigMap is { } map)
                    foreach (var key in map.Items is { Count: > 0 } items ? items.Select(item => (string?)item.Key) : [null])
                        yield return ($"{pod.Name}'s volume {volume.Name}", map.Name, key);
        }
    }

    /// <summary>Every secret that somebody needs; without a key: as a whole.</summary>
    public static IEnumerable<(string By, string Name, string? Key)> SecretKeys(Manifest manifest)
    {
        foreach (var pod in manifest.Pods)
        {
            foreach (var container in pod.Containers)
            {
                foreach (var from in (container.EnvFrom ?? []).Where(from => from.SecretRef is not null)) yield return ($"{pod.Name}/{container.Name}", from.SecretRef.Name, null);
                foreach (var variable in container.Env ?? [])
                    if (variable.ValueFrom?.SecretKeyRef is { } key) yield return ($"{pod.Name}/{container.Name}", key.Name, key.Key);
            }

            foreach (var volume in pod.Spec?.Volumes ?? [])
                if (volume.Secret is { } secret)
                    foreach (var key in secret.Items is { Count: > 0 } items ? items.Select(item => (string?)item.Key) : [null])
                        yield return ($"{pod.Name}'s volume {volume.Name}", secret.SecretName, key);
        }

        foreach (var store in manifest.Of<CnpgObjectStore>())
            foreach (var key in (V1SecretKeySelector?[])[store.Spec.Configuration.S3Credentials?.AccessKeyId, store.Spec.Configuration.S3Credentials?.SecretAccessKey])
                if (key is not null) yield return (Manifest.Name(store), key.Name, key.Key);
    }

    // | `zvonok-token-key` | `token.key` | what it is |
    private static Dictionary<string, string[]> ReadSecrets() => File
        .ReadLines(Path.Combine(Repository.Root, "k8s", "README.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(
            cells => cells[1].Trim('`'),
            cells => cells[2].Split(',', StringSplitOptions.TrimEntries).Select(key => key.Trim('`')).ToArray());
}
