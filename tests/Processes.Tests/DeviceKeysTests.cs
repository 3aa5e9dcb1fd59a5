using System.Text.Json;
using Xunit.Abstractions;
using Zvonok.Domain.Lists;

namespace Zvonok.Processes.Tests;

/// <summary>The verb <c>device-keys</c>.</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
[Trait("Rule", "O1")]
public sealed class DeviceKeysTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task What_a_buildings_devices_need_comes_from_the_installations_files_and_stays_the_same()
    {
        await using var scene = new Scene(output, postgres);
        var settings = await scene.NewSettings(Store.Sqlite);

        var (printed, again) = (await SiloProcess.RunVerb(settings, ["device-keys", "--building", "1501"]), await SiloProcess.RunVerb(settings, ["device-keys", "--building", "1501"]));

        printed.ExitCode.ShouldBe(0, printed.Output);
        again.Output.ShouldBe(printed.Output);
        using var json = JsonDocument.Parse(printed.Output);
        var key = new ListMasterKey(Convert.FromHexString(await ReadSecret("list.key"))).Of(new BuildingId(1501));
        json.RootElement.GetProperty("list_key").GetString().ShouldBe(Convert.ToHexString(key.ToBytes()));
        json.RootElement.GetProperty("list_key_id").GetUInt32().ShouldBe(key.Id);
        using var signer = new ListSigner(await ReadSecret("list-signing.pem"));
        using var verifier = new ListVerifier(json.RootElement.GetProperty("signing_public_key").GetBytesFromBase64());
        verifier.IsSigned([1, 2, 3], json.RootElement.GetProperty("signing_key_id").GetUInt32(), signer.Sign([1, 2, 3])).ShouldBeTrue();

        Task<string> ReadSecret(string name) => File.ReadAllTextAsync(Path.Combine(settings.DataDirectory, name));
    }
}
