using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace MtlsScenario.Tests;

/// <summary>What users of the library see, so that a change of it is one that somebody saw.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public Task The_surface_of_the_library()
    {
        var text = new StringBuilder();
        foreach (Type type in typeof(IssuedScenario).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Describe(type)).Append('\n');
            foreach (string member in type.GetMembers(Own).SelectMany(member => Describe(type, member)).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return Verifier.Verify(text.ToString().TrimEnd('\n'));
    }

    private static string Describe(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        Type[] above = type.IsEnum ? [] : [.. new[] { type.BaseType }.OfType<Type>().Where(one => one != typeof(object) && one != typeof(ValueType)), .. type.GetInterfaces().Where(one => one.Name != "IEquatable`1")];
        return $"{kind} {NameOf(type)}{(above.Length == 0 ? "" : " : ")}{string.Join(", ", above.Select(NameOf).Order(StringComparer.Ordinal))}";
    }

    private static IEnumerable<string> Describe(Type type, MemberInfo member)
    {
        switch (member)
        {
            case ConstructorInfo constructor when IsVisible(constructor, type) && !constructor.IsDefined(typeof(CompilerGeneratedAttribute)):
                yield return $"new({ParametersOf(constructor)})";
                break;
            case FieldInfo { IsPublic: true, IsSpecialName: false } field:
                yield return field.IsLiteral
                    ? $"const {NameOf(field.FieldType)} {field.Name} = {(type.IsEnum ? Convert.ToInt64(field.GetRawConstantValue(), null) : field.GetRawConstantValue())}"
                    : $"{NameOf(field.FieldType)} {field.Name}";
                break;
            case PropertyInfo property when property.GetMethod is { } get && IsVisible(get, type) && property.Name != "EqualityContract":
                string set = property.SetMethod is not { } setter || !IsVisible(setter, type) ? ""
                    : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
                string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
                yield return $"{(get.IsStatic ? "static " : "")}{required}{NameOf(property.PropertyType)}{Mark(Nullability.Create(property))} {property.Name} {{ get;{set} }}";
                break;

            // What the compiler writes for every record is not ours to decide.
            case MethodInfo method when IsVisible(method, type) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
                && !method.IsDefined(typeof(CompilerGeneratedAttribute)):
                yield return $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}({ParametersOf(method)})";
                break;
        }
    }

    private static string Mark(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";

    private static bool IsVisible(MethodBase method, Type type) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed);

    private static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{NameOf(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.RawDefaultValue ?? "default") : "")}"));

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return NameOf(inner) + "?";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{NameOf(type.DeclaringType!)}.{type.Name}"
            : type.Namespace?.StartsWith("MtlsScenario", StringComparison.Ordinal) == true ? type.FullName ?? type.Name
            : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
