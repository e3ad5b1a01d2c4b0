using System.Reflection;
using CrmPlatform.Hosting;
using Xunit.v3;

namespace CrmPlatform.Testing;

/// <summary>
/// Says which apps the tests of an assembly talk to: <c>[assembly: Runs(typeof(ContactsService))]</c>; without a name, every app the
/// project refers to. The production host starts them once, before the first test, on real servers.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RunsAttribute(params Type[] apps) : Attribute, IAssemblyFixtureAttribute
{
    /// <summary>What is started once for the assembly.</summary>
    public Type AssemblyFixtureType => typeof(TestHost);

    internal App[] Apps => [.. (apps.Length > 0 ? apps : Every()).Select(app => (App)Activator.CreateInstance(app)!)];

    // The assemblies the project was built with, not whatever lies beside it. The edge first: hosts stop in this order.
    private static IEnumerable<Type> Every() =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetFileName(file).StartsWith("CrmPlatform.", StringComparison.Ordinal)
        from type in Assembly.LoadFrom(file).GetExportedTypes()
        where type.IsSubclassOf(typeof(App)) && !type.IsAbstract
        orderby type.IsSubclassOf(typeof(Service)), type.Name
        select type;
}
