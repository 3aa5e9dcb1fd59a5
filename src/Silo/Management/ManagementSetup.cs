using Microsoft.Extensions.Options;

namespace Zvonok.Silo.Management;

/// <summary>Composition of what watches the silo.</summary>
internal static class ManagementSetup
{
    /// <summary>
    /// Adds the management listener and the pulse. Hosted services start in their order and stop in reverse: added before the silo, it tells why
    /// the silo is not ready yet, and goes on telling while the silo drains. The pulse watches as long.
    /// </summary>
    public static void AddZvonokManagement(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ManagementOptions>().BindConfiguration(ManagementOptions.Section);
        services.AddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsValidator>();
        services.AddSingleton<Health>();
        services.AddSingleton<ManagementListener>();
        services.AddHostedService(provider => provider.GetRequiredService<ManagementListener>());
        services.AddHostedService(provider => new Pulse(provider.GetRequiredService<ILogger<Pulse>>()));
    }
}
