using Zvonok.Deploy.Tests.Checks;
using Zvonok.Deploy.Tests.Manifests;

namespace Zvonok.Deploy.Tests;

/// <summary>Each check finds the mistake that it is for: one is planted at a time in what is otherwise whole.</summary>
public sealed class PlantedMistakesTests
{
    [Theory]
    // Settings against the options classes.
    [InlineData("Zvonok__Cluster__SiloPort: \"11111\"", "Zvonok__Cluster__SiloPrt: \"11111\"", "Zvonok__Cluster__SiloPrt is no setting")]
    [InlineData("Zvonok__Listen: 127.0.0.1:5080", "Zvonok__Listen: 0.0.0.0:5080", "callers are not authenticated yet")]
    [InlineData("Zvonok__Management__Listen: 0.0.0.0:9464", "Zvonok__Management__Listen: everywhere", "Zvonok:Management:Listen is 'everywhere'")]
    [InlineData("name: ConnectionStrings__Zvonok", "name: ConnectionStrings__Zvonk", "ConnectionStrings__Zvonk is no setting")]
    [InlineData("value: Host=zvonok-database-rw;", "value: Hots=zvonok-database-rw;", "ConnectionStrings:Zvonok is no PostgreSQL connection string")]
    [InlineData("Password=$(DATABASE_PASSWORD)", "Password=$(DATABASE_PASSWRD)", "DATABASE_PASSWORD is read by nobody")]
    // Ports.
    [InlineData("targetPort: devices", "targetPort: device", "Service/zvonok-devices sends to port device")]
    [InlineData("containerPort: 9464", "containerPort: 9465", "The silo listens on 9464 for 'management'")]
    [InlineData("containerPort: 11111", "containerPort: 11112", "lets out to port 11111")]
    [InlineData("containerPort: 8444", "containerPort: 8445", "The proxy's listener 'portal' is on 8444")]
    [InlineData("port_value: 5080", "port_value: 5081", "the silo listens on 127.0.0.1:5080")]
    // Labels.
    [InlineData("component: silo\n      app.kubernetes.io/name: zvonok\n  unhealthyPodEvictionPolicy", "component: sylo\n      app.kubernetes.io/name: zvonok\n  unhealthyPodEvictionPolicy", "PodDisruptionBudget/zvonok-silo chooses pods")]
    // References.
    [InlineData("secretName: zvonok-token-key", "secretName: zvonok-token-kye", "needs the secret zvonok-token-kye")]
    [InlineData("key: ACCESS_KEY_ID", "key: ACCESS_KEY", "needs the key ACCESS_KEY of the secret zvonok-backup-store")]
    [InlineData("barmanObjectName: zvonok-backup", "barmanObjectName: zvonok-backups", "archives to the object store zvonok-backups")]
    [InlineData("serviceAccountName: zvonok-silo", "serviceAccountName: zvonok", "runs as the service account zvonok,")]
    // Probes.
    [InlineData("path: /health/ready", "path: /health/redy", "readiness probe asks /health/redy")]
    [InlineData("prometheus.io/path: /metrics", "prometheus.io/path: /metric", "Prometheus is told prometheus.io/path=/metric")]
    // Replacing silos.
    [InlineData("terminationGracePeriodSeconds: 75", "terminationGracePeriodSeconds: 45", "has 45 s to stop")]
    [InlineData("maxUnavailable: 0", "maxUnavailable: 1", "maxUnavailable should be 0")]
    [InlineData("seconds: 15", "seconds: 0", "needs a preStop sleep")]
    // Rights.
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "may run as root")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "may write to its root file system")]
    [InlineData("image: registry.example.org/zvonok:0.1.0", "image: registry.example.org/zvonok", "has an image without a version")]
    // The doors.
    [InlineData("prefix: /zvonok.family.v1.", "prefix: /zvonok.famly.v1.", "zvonok.family.v1.FamilyService is behind no door")]
    [InlineData("prefix: /zvonok.registry.v1.", "prefix: /zvonok.", "zvonok.gate.v1.GateService is behind devices and portal")]
    [InlineData("require_client_certificate: true", "require_client_certificate: false", "lets in callers without a certificate")]
    [InlineData("path: /etc/envoy/device-ca.yaml", "path: /etc/envoy/devices-ca.yaml", "which its config map does not have")]
    [InlineData("stream_idle_timeout: 0s", "stream_idel_timeout: 0s", "stream_idel_timeout is no field of envoy.")]
    [InlineData("codec_type: HTTP2", "codec_type: HTTP4", "codec_type should be a envoy.")]
    public async Task A_mistake_is_found(string right, string wrong, string finding)
    {
        var whole = await Overlay.Render("production");
        whole.ShouldContain(right, Case.Sensitive);
        var at = whole.IndexOf(right, StringComparison.Ordinal);

        var findings = await AllChecks.Find(Manifest.Parse(whole[..at] + wrong + whole[(at + right.Length)..]));

        findings.ShouldContain(told => told.Contains(finding, StringComparison.Ordinal), string.Join('\n', findings));
    }

    [Theory]
    [InlineData("readinessProbe:", "redinessProbe:")]
    [InlineData("maxSurge: 1", "maxSurge: 1\n      maxSurgee: 1")]
    [InlineData("kind: HorizontalPodAutoscaler", "kind: HorizontalPodScaler")]
    [InlineData("dataDurability: required", "dataDurabilty: required")]
    [InlineData("containerPort: 9464", "containerPort: management")]
    public async Task What_Kubernetes_does_not_know_is_not_parsed(string right, string wrong)
    {
        var whole = await Overlay.Render("production");
        whole.ShouldContain(right, Case.Sensitive);

        Should.Throw<Exception>(() => Manifest.Parse(whole.Replace(right, wrong, StringComparison.Ordinal)));
    }
}
