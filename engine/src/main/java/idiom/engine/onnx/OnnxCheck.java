package idiom.engine.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Refuses ONNX files that ONNX Runtime should not see. It ends the process on some damaged ones, and a file can ask it
 * for loops without end, other files or more memory than there is; a preset from a stranger must not do that to a
 * concert. What passes is a plain network: known operators, attributes within bounds, weights as long as they say.
 *
 * <p>Field numbers as in onnx.proto (ONNX 1.16).
 */
final class OnnxCheck {
    /** What generators and classifiers of any recipe are made of; nothing with a graph inside. */
    private static final Set<String> OPERATORS = Set.of(
            "Add",
            "AveragePool",
            "BatchNormalization",
            "Cast",
            "Clip",
            "Concat",
            "Constant",
            "Conv",
            "ConvTranspose",
            "DequantizeLinear",
            "Div",
            "Elu",
            "Exp",
            "Flatten",
            "Gelu",
            "Gemm",
            "GlobalAveragePool",
            "Identity",
            "InstanceNormalization",
            "LayerNormalization",
            "LeakyRelu",
            "MatMul",
            "Max",
            "MaxPool",
            "Min",
            "Mul",
            "Neg",
            "PRelu",
            "Pad",
            "QuantizeLinear",
            "ReduceMax",
            "ReduceMean",
            "ReduceSum",
            "Relu",
            "Reshape",
            "Sigmoid",
            "Softmax",
            "Softplus",
            "Sqrt",
            "Squeeze",
            "Sub",
            "Tanh",
            "Transpose",
            "Unsqueeze");
    /** The largest of all numbers that are shapes, paddings and the like. */
    private static final int MOST = 1 << 16;
    /** Attributes, and how many integers of which range each may have; none: it is no integer. */
    private static final Map<String, Bounds> ATTRIBUTES = Map.ofEntries(
            Map.entry("kernel_shape", new Bounds(2, 2, 1, 128)),
            Map.entry("strides", new Bounds(2, 2, 1, 128)),
            Map.entry("dilations", new Bounds(2, 2, 1, 128)),
            Map.entry("pads", new Bounds(4, 4, 0, 128)),
            Map.entry("output_padding", new Bounds(2, 2, 0, 127)),
            Map.entry("group", new Bounds(1, 1, 1, 4096)),
            Map.entry("axes", new Bounds(1, 4, -4, 3)),
            Map.entry("axis", new Bounds(1, 1, -4, 4)),
            Map.entry("perm", new Bounds(1, 5, 0, 4)),
            Map.entry("keepdims", new Bounds(1, 1, 0, 1)),
            Map.entry("to", new Bounds(1, 1, 1, 16)),
            Map.entry("transA", new Bounds(1, 1, 0, 1)),
            Map.entry("transB", new Bounds(1, 1, 0, 1)),
            Map.entry("ceil_mode", new Bounds(1, 1, 0, 1)),
            Map.entry("count_include_pad", new Bounds(1, 1, 0, 1)),
            Map.entry("alpha", Bounds.NONE),
            Map.entry("beta", Bounds.NONE),
            Map.entry("epsilon", Bounds.NONE),
            Map.entry("momentum", Bounds.NONE),
            Map.entry("mode", Bounds.NONE),
            Map.entry("approximate", Bounds.NONE),
            Map.entry("value", Bounds.NONE));
    /** Bytes of an element by TensorProto.DataType: FLOAT, UINT8, INT8, INT32, INT64, BOOL, FLOAT16, DOUBLE. */
    private static final Map<Long, Integer> ELEMENT_BYTES =
            Map.of(1L, 4, 2L, 1, 3L, 1, 6L, 4, 7L, 8, 9L, 1, 10L, 2, 11L, 8);

    private static final long INT64 = 7;

    private OnnxCheck() {}

    /**
     * Passes if the file is a plain network.
     *
     * @throws IllegalArgumentException in one line, if not
     */
    static void check(byte[] model) {
        boolean graphSeen = false;
        for (ProtobufReader reader = new ProtobufReader(model); reader.next(); ) {
            switch (reader.field()) {
                case 7 -> {
                    if (graphSeen) {
                        throw new IllegalArgumentException("a model must have one graph");
                    }
                    graphSeen = true;
                    checkGraph(reader.message());
                }
                case 8 -> checkOperatorSet(reader.message());
                case 20, 25 -> throw new IllegalArgumentException("a model must have no functions and no training");
                default -> {
                    // Names, versions and metadata do no harm.
                }
            }
        }
        if (!graphSeen) {
            throw new IllegalArgumentException("a model must have a graph");
        }
    }

    private static void checkOperatorSet(ProtobufReader set) {
        while (set.next()) {
            if (set.field() == 1) {
                requireStandard(set.text());
            }
        }
    }

    private static void checkGraph(ProtobufReader graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> checkNode(graph.message());
                case 5 -> checkTensor(graph.message());
                case 11, 12 -> checkShape(graph.message());
                case 13 -> throw new IllegalArgumentException("shapes inside the network must be left out");
                case 14, 15 -> throw new IllegalArgumentException("weights must be dense");
                default -> {
                    // Names.
                }
            }
        }
    }

    /**
     * Inputs and outputs: axes within bounds, and no more or fewer than a network of ours has. Which they are is
     * compared once the model is loaded.
     */
    private static void checkShape(ProtobufReader input) {
        String name = "";
        int axes = 0;
        while (input.next()) {
            if (input.field() == 1) {
                name = input.text();
            } else if (input.field() == 2) {
                axes += axes(input.message());
            }
        }
        if (axes != 2 && axes != 4) {
            throw new IllegalArgumentException("inputs and outputs must have 2 or 4 axes: " + name + "=" + axes);
        }
    }

    private static int axes(ProtobufReader type) {
        int axes = 0;
        while (type.next()) {
            if (type.field() != 1) {
                throw new IllegalArgumentException("inputs and outputs must be tensors: field=" + type.field());
            }
            for (ProtobufReader tensor = type.message(); tensor.next(); ) {
                if (tensor.field() == 2) {
                    for (ProtobufReader shape = tensor.message(); shape.next(); axes++) {
                        checkAxis(shape);
                    }
                }
            }
        }
        return axes;
    }

    private static void checkAxis(ProtobufReader shape) {
        if (shape.field() != 1) {
            throw new IllegalArgumentException("shapes must be made of axes: field=" + shape.field());
        }
        for (ProtobufReader axis = shape.message(); axis.next(); ) {
            if (axis.field() == 1) {
                requireInBounds(axis.number());
            }
        }
    }

    private static void checkNode(ProtobufReader node) {
        String operator = "";
        while (node.next()) {
            switch (node.field()) {
                case 4 -> {
                    operator = node.text();
                    if (!OPERATORS.contains(operator)) {
                        throw new IllegalArgumentException("operators must be plain ones: operator=" + operator);
                    }
                }
                case 5 -> checkAttribute(node.message());
                case 7 -> requireStandard(node.text());
                default -> {
                    // Names of values.
                }
            }
        }
        if (operator.isEmpty()) {
            throw new IllegalArgumentException("a node must have an operator");
        }
    }

    private static void requireStandard(String domain) {
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            throw new IllegalArgumentException("operators must be ONNX's own: domain=" + domain);
        }
    }

    private static void checkAttribute(ProtobufReader attribute) {
        String name = "";
        Integers integers = new Integers();
        while (attribute.next()) {
            switch (attribute.field()) {
                case 1 -> name = attribute.text();
                case 3, 8 -> attribute.numbers(integers::add);
                case 5 -> checkTensor(attribute.message());
                case 6, 10, 11, 21, 22, 23 ->
                    throw new IllegalArgumentException("attributes must be numbers, texts or a tensor: name=" + name);
                default -> {
                    // Floats, texts, the type.
                }
            }
        }
        Bounds bounds = ATTRIBUTES.get(name);
        if (bounds == null || !bounds.hold(integers.values())) {
            throw new IllegalArgumentException("attributes must be known and within bounds: " + name + "=" + integers);
        }
    }

    private static void checkTensor(ProtobufReader tensor) {
        Integers shape = new Integers();
        long type = 0;
        long rawBytes = -1;
        long elements = 0;
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> tensor.numbers(shape::add);
                case 2 -> {
                    if (type != 0) {
                        throw new IllegalArgumentException("a weight must have one type");
                    }
                    type = tensor.number();
                }
                case 4 -> elements += tensor.wireType() == ProtobufReader.FIXED_32 ? 1 : tensor.length() / 4;
                case 5 -> elements += tensor.numbers(number -> {});
                case 7 -> elements += tensor.numbers(OnnxCheck::requireInBounds);
                case 9 -> {
                    rawBytes = tensor.length();
                    checkRaw(tensor, type);
                }
                case 10 -> elements += tensor.wireType() == ProtobufReader.FIXED_64 ? 1 : tensor.length() / 8;
                case 8, 12 -> {
                    // Name and description.
                }
                default ->
                    throw new IllegalArgumentException(
                            "weights must lie in the file as numbers: field=" + tensor.field());
            }
        }
        checkSize(shape, type, rawBytes, elements);
    }

    /** Whole numbers are shapes, axes and paddings; the type must have come first for them to be read. */
    private static void checkRaw(ProtobufReader tensor, long type) {
        if (!ELEMENT_BYTES.containsKey(type)) {
            throw new IllegalArgumentException(
                    "a weight's type must be known and come before its values: type=" + type);
        }
        if (type == INT64) {
            for (int i = 0; i < tensor.length() / Long.BYTES; i++) {
                requireInBounds(tensor.longAt(i));
            }
        }
    }

    private static void checkSize(Integers shape, long type, long rawBytes, long elements) {
        long count = 1;
        for (long length : shape.values()) {
            if (length < 0 || length > ModelBytes.MAX_BYTES) {
                throw new IllegalArgumentException("weights must have plausible shapes: shape=" + shape);
            }
            count = Math.min(count * length, ModelBytes.MAX_BYTES);
        }
        Integer bytes = ELEMENT_BYTES.get(type);
        boolean fits = bytes != null && (rawBytes < 0 ? elements == count : elements == 0 && rawBytes == count * bytes);
        if (!fits) {
            throw new IllegalArgumentException("weights must have as many values as their shapes say: shape=" + shape
                    + " type=" + type + " bytes=" + rawBytes + " values=" + elements);
        }
    }

    private static void requireInBounds(long number) {
        if (number < -MOST || number > MOST) {
            throw new IllegalArgumentException("shapes and paddings must lie within +-" + MOST + ": number=" + number);
        }
    }

    /** A few integers; more than any shape or attribute has are refused before they fill the memory. */
    private static final class Integers {
        private static final int MOST_INTEGERS = 8;
        private final long[] values = new long[MOST_INTEGERS];
        private int count;

        void add(long value) {
            if (count == MOST_INTEGERS) {
                throw new IllegalArgumentException(
                        "shapes and attributes must have at most " + MOST_INTEGERS + " numbers: " + this + " and more");
            }
            values[count++] = value;
        }

        long[] values() {
            return Arrays.copyOf(values, count);
        }

        @Override
        public String toString() {
            return Arrays.toString(values());
        }
    }

    /** How many integers, each from {@code least} to {@code most}. */
    private record Bounds(int fewest, int mostIntegers, long least, long most) {
        static final Bounds NONE = new Bounds(0, 0, 0, 0);

        boolean hold(long[] integers) {
            return integers.length >= fewest
                    && integers.length <= mostIntegers
                    && Arrays.stream(integers).allMatch(i -> i >= least && i <= most);
        }
    }
}
