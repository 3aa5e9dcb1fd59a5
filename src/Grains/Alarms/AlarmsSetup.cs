using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Alarms;

/// <summary>Composition of the alarms.</summary>
public static class AlarmsSetup
{
    /// <summary>Adds the caretaker's chore. The journal's room adds the log, the channels' room the sender.</summary>
    public static ISiloBuilder AddZvonokAlarms(this ISiloBuilder silo)
    {
        silo.Services.AddOptionsWithValidateOnStart<AlarmOptions>().BindConfiguration(AlarmOptions.Section).ValidateDataAnnotations();
        silo.Services.AddSingleton<AlarmMetrics>();
        silo.Services.AddSingleton<IChore, AlarmChore>();
        return silo;
    }
}
