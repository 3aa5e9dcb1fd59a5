using Grpc.Core;
using Grpc.Net.Client;
using Xunit.Abstractions;
using Zvonok.Gate.V1;

namespace Zvonok.Processes.Tests;

/// <summary>Gates that are connected to silos which die.</summary>
[Collection(WithPostgres.Name)]
public sealed class ConnectionTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Gates = 40;

    // A killed silo's buildings wake up elsewhere within 8 seconds.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Rule", "S1")]
    public async Task Gates_of_a_building_whose_silo_is_killed_as_soon_as_it_is_evacuated_are_open_when_they_connect_to_another_one()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (city, silos) = await scene.StartCluster(2, new CityPlan { Pupils = Gates * 250, Schools = 1 });
            var school = city.Schools[0];
            var gates = Enumerable.Range(0, school.GateCount).Select(gate => school.Gate(gate).Value).ToList();
            using var doomed = Connection.Open(silos[1].Address);
            using var survivor = Connection.Open(silos[0].Address);
            // The building lives where it is asked for first. Some of its gates are connected elsewhere.
            var lines = new List<GateLine>();
            foreach (var gate in gates) lines.Add(await GateLine.Greeted(gate % 4 == 0 && lines.Count > 0 ? survivor : doomed, gate));

            await lines[0].Say(new Heartbeat { FireInputDeviceIds = { gates[0] } });
            await lines[0].Until(answer => answer.MessageCase == ConnectResponse.MessageOneofCase.Heartbeat);
            await silos[1].Kill();

            foreach (var line in lines)
            {
                var connected = line.IsOf(survivor) ? line : await GateLine.Greeted(survivor, line.Gate);
                await connected.Until(answer => (answer.Mode ?? answer.Welcome?.Mode)?.Open == true);
            }
        });
    }

    /// <summary>One gate's connection.</summary>
    private sealed class GateLine(GrpcChannel channel, int gate)
    {
        private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call = new GateService.GateServiceClient(channel).Connect();
        private readonly Queue<ConnectResponse> _heard = new();

        public int Gate => gate;

        public static async Task<GateLine> Greeted(GrpcChannel channel, int gate)
        {
            var line = new GateLine(channel, gate);
            await line._call.RequestStream.WriteAsync(new ConnectRequest { Hello = new Hello { DeviceIds = { gate } } });
            (await line._call.ResponseStream.MoveNext().WaitAsync(Deadline)).ShouldBeTrue();
            line._heard.Enqueue(line._call.ResponseStream.Current);
            return line;
        }

        public bool IsOf(GrpcChannel other) => channel == other;

        public Task Say(Heartbeat heartbeat) => _call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = heartbeat });

        /// <summary>Returns when it has heard what is looked for, among all that it has ever heard.</summary>
        public async Task Until(Func<ConnectResponse, bool> so)
        {
            using var patience = new CancellationTokenSource(Deadline);
            while (!_heard.Any(so))
            {
                (await _call.ResponseStream.MoveNext(patience.Token)).ShouldBeTrue();
                _heard.Enqueue(_call.ResponseStream.Current);
            }
        }
    }
}
