using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Zvonok.Api.Hosting;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;

namespace Zvonok.Api.Tests.Management;

[Collection(nameof(World))]
public sealed partial class MetricsTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Operations_are_counted_by_kind_outcome_and_reason()
    {
        var pupil = await _server.NewPupil(meal: 1_000);
        var before = await Scrape();

        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 900));
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 900));
        await FaultOf.Call(async () => await _server.Tills.SellAsync(Given.Sell(ByteString.Empty, pupil)), StatusCode.InvalidArgument);

        var after = await Scrape();
        Grown("zvonok_operations_total", "kind=\"tap\"", "outcome=\"granted\"", "reason=\"none\"").ShouldBe(1);
        Grown("zvonok_operations_total", "kind=\"tap\"", "outcome=\"flagged\"", "reason=\"already_inside\"").ShouldBe(1);
        Grown("zvonok_operations_total", "kind=\"sell\"", "outcome=\"granted\"", "reason=\"none\"").ShouldBe(1);
        Grown("zvonok_operations_total", "kind=\"sell\"", "outcome=\"refused\"", "reason=\"insufficient_funds\"").ShouldBe(1);
        Grown("zvonok_operations_total", "kind=\"sell\"", "outcome=\"failed\"", "reason=\"invalid_argument\"").ShouldBe(1);
        Grown("zvonok_operation_duration_seconds_count", "kind=\"sell\"").ShouldBe(3);
        // Three of them were written: two taps and a sale.
        Grown("zvonok_journal_appends_total").ShouldBe(3);
        Grown("zvonok_journal_commit_lag_seconds_count").ShouldBeInRange(1, 3);

        double Grown(string name, params string[] labels) => Sum(after, name, labels) - Sum(before, name, labels);
    }

    [Fact]
    public async Task What_is_in_memory_and_what_waits_can_be_read()
    {
        var pupil = await _server.NewPupil(meal: 1_000);
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 900));

        var metrics = await Scrape();

        foreach (var name in (string[])["zvonok_journal_queue_length", "zvonok_operations_in_progress", "dotnet_process_memory_working_set_bytes", "dotnet_gc_pause_time_seconds_total"])
            metrics.ShouldContain(line => line.StartsWith(name, StringComparison.Ordinal), name);
        Sum(metrics, "zvonok_journal_up").ShouldBeGreaterThan(0);
        // Orleans counts for the whole process. Other tests' servers are in it, and end: how many is not to be told here.
        metrics.ShouldContain(
            line => line.StartsWith("orleans_grains", StringComparison.Ordinal) && line.Contains("type=\"account\"", StringComparison.Ordinal),
            string.Join('\n', metrics.Where(line => line.StartsWith("orleans", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_meter_of_nobody_takes_nothing_with_it_when_it_ends()
    {
        await _server.NewPupil(meal: 1_000);

        new OperationMetrics().Dispose();

        // What has ended is told once more, and missing from the second reading.
        await Scrape();
        (await Scrape()).ShouldContain(line => line.StartsWith("zvonok_operations_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Orleans_would_count_with_every_message_is_left_alone() =>
        (await Scrape()).ShouldNotContain(line => line.Contains("orleans_messaging_sent", StringComparison.Ordinal));

    [Fact]
    public async Task The_handbook_tells_of_every_metric_of_ours_and_of_no_other()
    {
        var made = new HashSet<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("Zvonok.", StringComparison.Ordinal)) made.Add(AsPrometheusSays(instrument));
        };
        listener.Start();
        await _server.NewPupil(meal: 1_000);
        var handbook = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "OPERATIONS.md"));
        var told = MetricName().Matches(handbook).Select(match => match.Value).ToHashSet();

        told.Where(name => !made.Contains(name)).ShouldBeEmpty();
        made.Where(name => !told.Contains(name)).ShouldBeEmpty();
        (await Scrape()).ShouldContain("# TYPE zvonok_journal_commit_lag_seconds histogram");
    }

    [Fact]
    public async Task The_management_port_has_no_doors_and_the_doors_have_no_metrics()
    {
        using var management = new HttpClient { BaseAddress = _server.Management };
        using var call = new HttpRequestMessage(HttpMethod.Post, "/zvonok.till.v1.TillService/Sell") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await Should.ThrowAsync<HttpRequestException>(async () => await management.SendAsync(call));
        using var post = new HttpRequestMessage(HttpMethod.Post, "/zvonok.till.v1.TillService/Sell");
        (await management.SendAsync(post)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await management.GetAsync(new Uri("/", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var doors = new HttpClient { BaseAddress = new Uri($"http://{_server.Channel.Target}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        (await doors.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<string[]> Scrape()
    {
        using var http = new HttpClient { BaseAddress = _server.Management };
        return (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');
    }

    private static string AsPrometheusSays(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + (instrument.Unit == "s" ? "_seconds" : "")
        + (instrument.GetType().Name is "Counter`1" or "ObservableCounter`1" ? "_total" : "");

    [GeneratedRegex("zvonok_[a-z_]+")]
    private static partial Regex MetricName();

    private static double Sum(string[] metrics, string name, params string[] labels) => metrics
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
        .Where(line => labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
