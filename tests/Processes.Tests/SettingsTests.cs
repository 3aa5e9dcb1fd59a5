using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>A setting that cannot be used stops the start with status 2 and a message that names it.</summary>
[Collection(Starts.Name)]
[Trait("pace", "unhurried")]
public sealed class SettingsTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Misconfigured = 2;

    [Theory]
    [InlineData("Zvonok__Listen", "nowhere")]
    [InlineData("Zvonok__Listen", "0.0.0.0:5080")]
    [InlineData("ConnectionStrings__Zvonok", "Server is somewhere")]
    [InlineData("ConnectionStrings__Zvonok", "Database=zvonok")]
    [InlineData("Zvonok__Grains__QueueMax", "0")]
    [InlineData("Zvonok__Grains__QueueMax", "many")]
    [InlineData("Zvonok__Journal__BatchSizeMax", "0")]
    [InlineData("Zvonok__Journal__DeadlineMilliseconds", "99")]
    [InlineData("Zvonok__OperationsInProgressMax", "0")]
    [InlineData("Zvonok__Cluster__SiloPort", "0")]
    [InlineData("Zvonok__Cluster__Name", "two words")]
    [InlineData("Zvonok__Cluster__Address", "localhost")]
    [InlineData("Zvonok__Cluster__Address", "0.0.0.0")]
    [InlineData("Zvonok__Cluster__Address", "192.0.2.1")]
    [InlineData("Zvonok__Management__Listen", "9464")]
    [InlineData("Zvonok__Notices__TriesMax", "0")]
    [InlineData("Zvonok__Notices__Webhook__Hosts__0", "https://app.example.org/")]
    public Task A_setting_that_makes_no_sense_stops_the_start_by_name(string setting, string value) =>
        StopsTheStart(setting, _ => Task.FromResult(value));

    [Theory]
    [InlineData("Zvonok__Listen")]
    [InlineData("Zvonok__Management__Listen")]
    public async Task An_address_that_somebody_listens_on_stops_the_start(string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;
        await StopsTheStart(setting, _ => Task.FromResult(address));
    }

    [Fact]
    public async Task A_port_for_the_cluster_that_somebody_listens_on_stops_the_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await StopsTheStart("Zvonok__Cluster__SiloPort", _ => Task.FromResult(port));
    }

    [Fact]
    public Task A_database_that_does_not_exist_stops_the_start() =>
        StopsTheStart("ConnectionStrings__Zvonok", _ => Task.FromResult(postgres.Server.ConnectionString("nobody_made_it")));

    [Fact]
    public Task A_data_directory_that_is_a_file_stops_the_start() =>
        StopsTheStart("Zvonok__DataDirectory", scene => NewFile(scene, "a file"));

    [Fact]
    public Task A_database_file_that_is_none_stops_the_start() => StopsTheStart("Zvonok__DataDirectory", async scene =>
    {
        var directory = scene.NewDirectory("with-a-wrong-file");
        await File.WriteAllTextAsync(Path.Combine(directory, "zvonok.db"), new string('x', 10_000));
        return directory;
    });

    [Fact]
    public Task A_token_key_file_that_is_not_there_stops_the_start() =>
        StopsTheStart("Zvonok__TokenKeyFile", scene => Task.FromResult(Path.Combine(scene.NewDirectory("empty"), "token.key")));

    [Fact]
    public Task A_token_key_of_the_wrong_length_stops_the_start() =>
        StopsTheStart("Zvonok__TokenKeyFile", scene => NewFile(scene, "0123456789ABCDEF"));

    [Fact]
    public Task A_token_key_that_is_not_hexadecimal_stops_the_start() =>
        StopsTheStart("Zvonok__TokenKeyFile", scene => NewFile(scene, new string('z', 64)));

    [Fact]
    public Task A_list_key_file_without_a_key_stops_the_start() => StopsTheStart("Zvonok__ListKeyFile", scene => NewFile(scene, "\n"));

    [Fact]
    public Task A_list_key_of_the_wrong_length_stops_the_start() => StopsTheStart("Zvonok__ListKeyFile", scene => NewFile(scene, "0123456789ABCDEF"));

    [Fact]
    public Task A_key_that_cannot_sign_lists_stops_the_start() => StopsTheStart("Zvonok__ListSigningKeyFile", scene => NewFile(scene, "-----BEGIN PRIVATE KEY-----"));

    private async Task StopsTheStart(string setting, Func<Scene, Task<string>> value)
    {
        await using var scene = new Scene(output, postgres);
        var settings = await scene.NewSettings(Store.Sqlite);
        settings = settings with { Environment = new Dictionary<string, string> { [setting] = await value(scene) } };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var end = await SiloProcess.RunVerb(settings, [], patience.Token);
        scene.Say(end.Output);
        end.ExitCode.ShouldBe(Misconfigured, end.Output);
        // Whatever the host has logged before, the last word is a sentence with the setting's name.
        end.Output.TrimEnd().Split('\n')[^1].ShouldContain(setting.Replace("__", ":", StringComparison.Ordinal));
    }

    private static async Task<string> NewFile(Scene scene, string content)
    {
        var path = Path.Combine(scene.NewDirectory("with-a-file"), "file");
        await File.WriteAllTextAsync(path, content);
        return path;
    }
}
