using System.Reflection;
using Xunit.Sdk;

namespace Zvonok.Journal.Tests.Support;

/// <summary>The databases that the journal runs on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test on each store.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryStoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<Store>().Select(store => new object[] { store });
}
