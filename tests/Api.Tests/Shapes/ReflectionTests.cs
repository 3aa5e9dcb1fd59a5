using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Zvonok.Api.Tests.Servers;

namespace Zvonok.Api.Tests.Shapes;

[Collection(nameof(World))]
public sealed class ReflectionTests(World world)
{
    [Fact]
    public async Task Every_service_can_be_found_and_read_by_reflection()
    {
        string[] services =
        [
            "grpc.health.v1.Health", "zvonok.city.v1.CityService", "zvonok.family.v1.FamilyService", "zvonok.feed.v1.FeedService", "zvonok.gate.v1.GateService", "zvonok.office.v1.OfficeService",
            "zvonok.registry.v1.RegistryService", "zvonok.school.v1.SchoolService", "zvonok.till.v1.TillService",
        ];
        using var call = new ServerReflection.ServerReflectionClient(world.Server.Channel).ServerReflectionInfo();

        var listed = (await Ask(new ServerReflectionRequest { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name).ToList();
        foreach (var service in services)
        {
            listed.ShouldContain(service);
            (await Ask(new ServerReflectionRequest { FileContainingSymbol = service })).FileDescriptorResponse.FileDescriptorProto.ShouldNotBeEmpty();
        }

        async Task<ServerReflectionResponse> Ask(ServerReflectionRequest request)
        {
            await call.RequestStream.WriteAsync(request);
            (await call.ResponseStream.MoveNext()).ShouldBeTrue();
            return call.ResponseStream.Current;
        }
    }

    [Fact]
    public async Task Health_says_that_it_serves()
    {
        using var watch = new Health.HealthClient(world.Server.Channel).Watch(new HealthCheckRequest());
        while (await watch.ResponseStream.MoveNext().WaitAsync(Server.Deadline))
            if (watch.ResponseStream.Current.Status == HealthCheckResponse.Types.ServingStatus.Serving) return;
        Assert.Fail("The health service ended its watch without saying that it serves.");
    }

    [Theory]
    [InlineData("zvonok.gate.v1.GateService", "Knock")]
    [InlineData("zvonok.gate.v9.GateService", "Tap")]
    public async Task A_method_or_a_service_that_does_not_exist_is_unimplemented(string service, string name)
    {
        var method = new Method<HealthCheckRequest, HealthCheckResponse>(
            MethodType.Unary, service, name,
            Marshallers.Create(message => message.ToByteArray(), HealthCheckRequest.Parser.ParseFrom),
            Marshallers.Create(message => message.ToByteArray(), HealthCheckResponse.Parser.ParseFrom));

        var fault = await Should.ThrowAsync<RpcException>(async () =>
            await world.Server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), new HealthCheckRequest()));

        fault.StatusCode.ShouldBe(StatusCode.Unimplemented);
        fault.Status.Detail.ShouldContain("reflection");
    }
}
