using System.CommandLine;
using System.Text.Json;
using Zvonok.Domain;

namespace Zvonok.Silo.Verbs;

/// <summary>
/// <c>device-keys</c>: what the devices of a building need to use its lists (O1), as JSON for whoever sets them up: the building's list key, and the public key that lists are signed with. No door gives
/// them: who can take a list from the network cannot take its key there.
/// </summary>
internal static class DeviceKeysVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var building = new Option<int>("--building") { Description = "The building's number.", Required = true };
        building.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Limits.IdMax) result.AddError($"--building should be 1 to {Limits.IdMax}.");
        });
        var command = new Command("device-keys", "Print what a building's devices need to use its lists: its list key, a secret, and the public key of the signatures.") { building };
        command.SetAction((parsed, _) => Guard.Run(() => Run(new BuildingId(parsed.GetRequiredValue(building)))));
        return command;
    }

    private static async Task<int> Run(BuildingId building)
    {
        var configuration = Composition.ReadConfiguration();
        var key = ListKeyFiles.LoadKeys(configuration).Newest.Of(building);
        using var signer = ListKeyFiles.LoadSigner(configuration);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
            new
            {
                building_id = building.Value,
                list_key_id = key.Id,
                list_key = Convert.ToHexString(key.ToBytes()),
                signing_key_id = signer.KeyId,
                signing_public_key = Convert.ToBase64String(signer.PublicKey),
            },
            Indented));
        return 0;
    }
}
