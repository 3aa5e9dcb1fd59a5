using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Zvonok.Api.Tests.Servers;

namespace Zvonok.Api.Tests.Management;

public sealed class DashboardTests
{
    [Fact]
    public async Task When_an_address_is_set_the_dashboard_is_there_and_the_doors_do_not_show_it()
    {
        var address = $"127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}";
        await using var server = await Server.Start(("Zvonok:Dashboard:Listen", address));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };

        (await http.GetStringAsync(new Uri("/", UriKind.Relative))).ShouldContain("<html", Case.Insensitive);
        (await http.GetStringAsync(new Uri("/DashboardCounters", UriKind.Relative))).ShouldContain("totalActiveHostCount", Case.Insensitive);

        using var doors = new HttpClient
        {
            BaseAddress = new Uri($"http://{server.Channel.Target}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        (await doors.GetAsync(new Uri("/DashboardCounters", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("0.0.0.0:8081")]
    [InlineData("127.0.0.1:0")]
    [InlineData("somewhere")]
    public async Task A_dashboard_that_others_could_open_stops_the_start(string listen)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(async () => await Server.Start(("Zvonok:Dashboard:Listen", listen)));

        fault.Failures.ShouldHaveSingleItem().ShouldStartWith("Zvonok:Dashboard:Listen");
    }
}
