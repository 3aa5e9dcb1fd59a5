using Microsoft.Extensions.Options;
using Zvonok.Api.Tests.Servers;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>Until there is authentication nobody but this machine is served.</summary>
[Trait("Rule", "D1")]
public sealed class ListenTests
{
    [Theory]
    [InlineData("0.0.0.0:5080")]
    [InlineData("[::]:5080")]
    [InlineData("192.168.1.5:5080")]
    [InlineData("8.8.8.8:443")]
    [InlineData("[2001:db8::1]:5080")]
    [InlineData("localhost:5080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("5080")]
    [InlineData("somewhere")]
    public async Task A_server_that_should_listen_elsewhere_does_not_start_and_names_the_setting(string listen)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(async () => await Server.Start(("Zvonok:Listen", listen)));

        fault.Failures.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            failure => failure.ShouldStartWith("Zvonok:Listen"), failure => failure.ShouldContain(listen));
    }

    [Theory]
    [InlineData("Zvonok:OperationsInProgressMax", "0")]
    [InlineData("Zvonok:ConnectionsMax", "-1")]
    public async Task A_bound_that_makes_no_sense_stops_the_start(string setting, string value)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(async () => await Server.Start((setting, value)));

        fault.Message.ShouldContain(setting.Split(':')[^1]);
    }
}
