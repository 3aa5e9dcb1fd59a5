using System.Reflection;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zvonok.Deploy.Tests.Manifests;
using Zvonok.Journal;
using Zvonok.Silo;

namespace Zvonok.Deploy.Tests.Checks;

/// <summary>Every setting of a silo is a property of an options class, and the program that they configure takes their values.</summary>
internal static class Settings
{
    // By reflection, so that a setting that is renamed is missed here.
    private static readonly HashSet<string> Known = new(
        from path in Directory.GetFiles(AppContext.BaseDirectory, "Zvonok.*.dll")
        from type in Assembly.LoadFrom(path).GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null || IsMany(property.PropertyType)
        select IsMany(property.PropertyType) ? $"{section}:{property.Name}:" : $"{section}:{property.Name}",
        StringComparer.OrdinalIgnoreCase)
    {
        $"ConnectionStrings:{JournalOptions.ConnectionStringName}",
    };

    /// <summary>What a secret may hold: a key of 32 bytes, and no bad password.</summary>
    private static readonly string Secret = new('0', 64);

    public static IEnumerable<string> Find(Manifest manifest)
    {
        var variables = Variables(manifest);
        var unknown = variables.Keys.Where(name => IsSetting(name) && !IsKnown(Key(name))).ToList();
        var unread = variables.Keys.Where(name => !IsSetting(name) && !variables.Values.Any(value => value.Contains($"$({name})", StringComparison.Ordinal)));
        return
        [
            .. unknown.Select(name => $"{name} is no setting: no options class has {Key(name)}."),
            .. unread.Select(name => $"{name} is read by nobody."),
            .. unknown.Count == 0 ? Refused(variables) : [],
        ];
    }

    /// <summary>The silo's settings as the program sees them; what only the cluster knows stands for itself.</summary>
    public static Dictionary<string, string> Of(Manifest manifest)
    {
        var variables = Variables(manifest);
        return variables.ToDictionary(
            variable => Key(variable.Key),
            variable => variables.Aggregate(variable.Value, (value, other) => value.Replace($"$({other.Key})", other.Value, StringComparison.Ordinal)));
    }

    private static Dictionary<string, string> Variables(Manifest manifest)
    {
        var silo = manifest.SiloPod.Container("silo");
        var variables = new Dictionary<string, string>();
        foreach (var from in silo.EnvFrom ?? [])
            foreach (var (name, value) in manifest.Of<V1ConfigMap>().FirstOrDefault(map => map.Metadata.Name == from.ConfigMapRef?.Name)?.Data ?? new Dictionary<string, string>())
                variables[name] = value;
        foreach (var variable in silo.Env ?? []) variables[variable.Name] = variable.Value ?? (variable.ValueFrom.FieldRef is { } field ? ValueOf(field) : Secret);
        return variables;
    }

    private static string ValueOf(V1ObjectFieldSelector field) => field.FieldPath switch
    {
        "status.podIP" => "10.0.0.7",
        var path => path,
    };

    // A list's place and a dictionary's key come after the property's name.
    private static bool IsKnown(string key) => Known.Contains(key) || Known.Contains(key[..(key.LastIndexOf(':') + 1)]);

    private static bool IsMany(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) || type.IsGenericType;

    private static bool IsSetting(string variable) => variable.Contains("__", StringComparison.Ordinal);

    private static string Key(string variable) => variable.Replace("__", ":", StringComparison.Ordinal);

    // The server is built, not started: what would stop its start is told.
    private static List<string> Refused(Dictionary<string, string> variables)
    {
        try
        {
            var settings = variables.ToDictionary(variable => Key(variable.Key), variable => (string?)variable.Value);
            using var app = (IDisposable)Composition.BuildServer(builder => builder.Configuration.AddInMemoryCollection(settings));
            ((Microsoft.AspNetCore.Builder.WebApplication)app).Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return [.. refused.Failures];
        }
        catch (AggregateException many)
        {
            return [.. many.InnerExceptions.Select(exception => exception.Message)];
        }
        catch (InvalidOperationException wrong)
        {
            return [wrong.Message];
        }
    }
}
